package org.colonnade.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Stops the server, and the gateway at once, when it is told to end while it still starts: nobody was served yet. Spring
 * would wait until the start is complete, or close nothing if the starting thread happens to wait for something. Later it
 * closes the server in its turn.
 */
final class StartGuard {

    private static final int PATIENCE_SECONDS = 10;

    /** As the shell counts an end by SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    private final CompletableFuture<EmbeddedPostgres> server = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stop, "stop-postgres");

    interface Start {
        EmbeddedPostgres server() throws IOException;
    }

    EmbeddedPostgres watch(Start start) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            EmbeddedPostgres postgres = start.server();
            server.complete(postgres);
            return postgres;
        } finally {
            if (server.cancel(false)) {
                dismiss();
            }
        }
    }

    void dismiss() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends, and the hook is at work.
        }
    }

    private void stop() {
        try {
            server.get(PATIENCE_SECONDS, TimeUnit.SECONDS).close();
        } catch (Exception e) {
            // Nothing was started, or it does not end; nobody is left to be told.
        }
        Runtime.getRuntime().halt(TERMINATED);
    }
}
