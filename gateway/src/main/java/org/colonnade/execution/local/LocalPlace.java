package org.colonnade.execution.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.ExecutionProperties;
import org.colonnade.execution.Place;
import org.colonnade.execution.Step;
import org.colonnade.execution.place.PlaceAdapter;
import org.colonnade.jobs.JobContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * This machine. A command is awaited on the caller's thread; it dies with the gateway, and its job starts anew in the
 * next attempt, in a new folder.
 */
@Component
final class LocalPlace implements PlaceAdapter, AutoCloseable {

    static final String NAME = "local";

    private static final Logger log = LoggerFactory.getLogger(LocalPlace.class);

    private final ExecutionProperties.Local properties;
    private final ProcessStarter starter = new ProcessStarter();
    private final WorkFolders folders;
    private final ProtectionSearch protection;

    /** User ids that no command has now: one for each that may run at once. Handed out in the order of asking. */
    private final BlockingQueue<Integer> users;

    LocalPlace(ExecutionProperties properties) throws IOException, InterruptedException {
        this.properties = properties.local();
        this.folders = new WorkFolders(this.properties.folder());
        this.protection = new ProtectionSearch(
                () -> Protection.find(properties.unsafe(), starter, folders.own(), this.properties.firstUser()),
                InstantSource.system());
        this.users = new ArrayBlockingQueue<>(this.properties.concurrent(), true);
        IntStream.range(0, this.properties.concurrent()).forEach(n -> users.add(this.properties.firstUser() + n));
    }

    @Override
    public Place place() {
        Protection now = protection.now();
        return new Place(
                NAME,
                now.missing() == null ? "This server" : "This server, unprotected",
                refusal(now),
                now.sandbox() != null);
    }

    private static @Nullable String refusal(Protection now) {
        return now.sandbox() == null
                ? "Nothing can run on this server, because " + now.missing()
                        + ". An operator who trusts every user can set colonnade.execution.unsafe=true."
                : null;
    }

    @Override
    public boolean accepts(String jobKind) {
        return true;
    }

    @Override
    public boolean isThisServer() {
        return true;
    }

    @Override
    public Step advance(JobContext context, Command command) throws InterruptedException {
        Protection now = protection.now();
        Sandbox sandbox = now.sandbox();
        if (sandbox == null) {
            return new Step.Ended(new Ending.NotStarted(String.valueOf(refusal(now))), List.of());
        }
        int user = admit(context);
        try {
            return run(context, command, sandbox, user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            users.add(user);
        }
    }

    private int admit(JobContext context) throws InterruptedException {
        Integer user = users.poll();
        if (user == null) {
            context.progress(
                    Double.NaN,
                    "Waiting until one of %d commands on this server ends".formatted(properties.concurrent()));
            user = users.take();
        }
        return user;
    }

    private Step run(JobContext context, Command command, Sandbox sandbox, int user)
            throws IOException, InterruptedException {
        Path folder =
                folders.create(context.job().id().toString(), context.job().attempt(), command, sandbox, user);
        RunningCommand running;
        try {
            running = RunningCommand.start(starter, sandbox.wrap(command, folder, user), folder, command.limits());
        } catch (IOException e) {
            return new Step.Ended(new Ending.NotStarted(String.valueOf(e.getMessage())), List.of());
        }
        Ending ending = running.await(context, properties.watchInterval());
        Results results = Results.collect(folder);
        for (String refused : results.refused()) {
            context.log("Left out of the results: " + refused);
        }
        return new Step.Ended(
                RunningCommand.withLargestFile(ending, results.largest(), command.limits()), results.files());
    }

    /** Nothing to do: a command never outlives the call that started it. */
    @Override
    public void abandon(JobContext context) {}

    @Override
    public void release(JobContext context) {
        String job = context.job().id().toString();
        for (int attempt = 1; attempt <= context.job().attempt(); attempt++) {
            try {
                folders.delete(job, attempt);
            } catch (IOException e) {
                log.warn("The folder of job {} could not be removed", job, e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        starter.close();
        folders.close();
    }
}
