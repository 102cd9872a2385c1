package org.colonnade.execution.local;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts every process from one thread that lives as long as the gateway. Linux delivers the death signal by which a
 * sandbox ends with its parent when the parent's <em>thread</em> ends: a command that was started from a virtual
 * thread's carrier would die whenever the pool lets that carrier go.
 */
final class ProcessStarter implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("process-starter").factory());

    Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        Callable<Process> task = builder::start;
        var started = thread.submit(task);
        try {
            return started.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            if (!started.cancel(false)) {
                started.resultNow().destroyForcibly();
            }
            throw e;
        }
    }

    /** Ends the thread, and with it every sandbox that still runs. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
