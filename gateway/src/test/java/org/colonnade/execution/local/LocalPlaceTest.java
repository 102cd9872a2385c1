package org.colonnade.execution.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Ending.Exited;
import org.colonnade.execution.Ending.Limit;
import org.colonnade.execution.Ending.LimitReached;
import org.colonnade.execution.ExecutionProperties;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs, hostile ones above all, can do in the sandbox of this machine. */
@Timeout(60)
class LocalPlaceTest {

    private static final Limits SMALL = new Limits(
            Duration.ofSeconds(20), Duration.ofSeconds(10), 512L << 20, 16, 4L << 20, 12L << 20, 64 << 10, 1);

    @TempDir
    Path temporary;

    private final RecordingContext context = new RecordingContext();
    private LocalPlace place;

    @BeforeEach
    void open() throws Exception {
        place = new LocalPlace(properties(2));
        assertThat(place.place().unavailable())
                .as("bubblewrap works on this machine; ./test installs it")
                .isNull();
    }

    @AfterEach
    void close() throws IOException {
        place.close();
        assertThat(temporary.resolve("work")).isEmptyDirectory();
    }

    @Test
    void aCommandReadsItsInputsAndItsResultsAreCollected() throws Exception {
        // given
        Path input = Files.writeString(temporary.resolve("given.txt"), "hello");
        Path library = Files.createDirectory(temporary.resolve("library"));
        Files.writeString(library.resolve("word"), "world");
        var command = new Command(
                List.of(
                        "sh",
                        "-c",
                        "cat in.txt /library/word /deep/file > out.txt; echo \"$LANGUAGE\"; echo trouble >&2"),
                Map.of("in.txt", input),
                Map.of("/library", library, "/deep/file", input),
                Map.of("LANGUAGE", "de"),
                SMALL);
        // when
        var ended = (Step.Ended) place.advance(context, command);
        // then
        assertThat(ended.ending()).isEqualTo(new Exited(0));
        assertThat(ended.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("in.txt", "out.txt");
        assertThat(ended.files().getLast()).hasContent("helloworldhello");
        assertThat(context.text()).contains("de").contains("trouble");
        // and when
        place.release(context);
        // then
        assertThat(ended.files().getLast()).doesNotExist();
    }

    @Test
    void theExitStatusIsTold() throws Exception {
        assertThat(run("exit 3").ending()).isEqualTo(new Exited(3));
    }

    @Test
    void aProgramThatDoesNotExistIsNotStarted() throws Exception {
        var ended = (Step.Ended) place.advance(context, command(SMALL, "/usr/bin/no-such-program"));
        assertThat(ended.ending()).isInstanceOf(Ending.NotStarted.class);
    }

    @Test
    void aForkBombEndsAtItsOwnLimitOfProcesses() throws Exception {
        var ended = run("""
                import os, time
                n = 0
                try:
                    while True:
                        if os.fork() == 0:
                            time.sleep(60)
                        n += 1
                except OSError as e:
                    print(n, 'children, then', e, flush=True)
                """, SMALL);
        assertThat(ended.ending()).isEqualTo(new Exited(0));
        assertThat(context.text()).containsPattern("^1\\d children, then .*temporarily unavailable");
        assertThat(processesNaming(context.job().id().toString())).isEmpty();
    }

    @Test
    void endlessOutputIsCutOff() throws Exception {
        var ended = run("while :; do echo spam; done");
        assertThat(limit(ended)).isEqualTo(Limit.OUTPUT);
        assertThat(context.text().length()).isLessThanOrEqualTo((int) SMALL.outputBytes());
        assertThat(context.text()).startsWith("spam\nspam");
    }

    @Test
    void endlessOutputWithoutALineEndIsCutOff() throws Exception {
        assertThat(limit(run("exec cat /dev/zero"))).isEqualTo(Limit.OUTPUT);
    }

    @Test
    void aSparseFileOfATerabyteIsRefusedByTheKernel() throws Exception {
        assertThat(limit(run("exec truncate -s 1T huge"))).isEqualTo(Limit.FILE_SIZE);
    }

    @Test
    void aFileOfExactlyTheLimitCountsAsCutOffThoughTheProgramExitsWell() throws Exception {
        var ended = run("""
                import signal
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                with open('big', 'wb', buffering=0) as f:
                    try:
                        for _ in range(100): f.write(bytes(1 << 20))
                    except OSError: pass
                """, SMALL);
        assertThat(limit(ended)).isEqualTo(Limit.FILE_SIZE);
    }

    @Test
    void manyFilesTogetherFillTheFolderOnlyToItsLimit() throws Exception {
        assertThat(limit(run("i=0; while :; do head -c 1000000 /dev/zero > f$i; i=$((i+1)); sleep 0.05; done")))
                .isEqualTo(Limit.FOLDER_SIZE);
    }

    @Test
    void filesWithoutANameCountTowardsTheFolder() throws Exception {
        var ended = run("""
                import os, time
                keep = []
                for i in range(8):
                    f = open('x', 'wb'); os.unlink('x')
                    f.write(bytes(3 << 20)); f.flush()
                    keep.append(f)
                time.sleep(30)
                """, SMALL);
        assertThat(limit(ended)).isEqualTo(Limit.FOLDER_SIZE);
    }

    @Test
    void foldersNestedWithoutEndAreStoppedAndRemoved() throws Exception {
        var ended = run("""
                import os
                while True:
                    os.mkdir('d' * 200); os.chdir('d' * 200)
                """, SMALL);
        assertThat(limit(ended)).isEqualTo(Limit.FOLDER_SIZE);
        place.release(context);
    }

    @Test
    void theMemoryFileSystemsAreBoundedOrClosed() throws Exception {
        run("""
                head -c 100 /dev/zero > /x && echo wrote root
                head -c 100 /dev/zero > /dev/x && echo wrote dev
                head -c 3000000 /dev/zero > /tmp/1; for i in 2 3 4 5 6 7 8; do cp /tmp/1 /tmp/$i; done; du -sm /tmp
                """);
        assertThat(context.text())
                .doesNotContain("wrote")
                .contains("No space left")
                .containsPattern("(?m)^1[67]\\s/tmp");
    }

    @Test
    void aMemoryHogGetsNoMoreThanItsShare() throws Exception {
        run("""
                try: x = bytearray(1 << 30)
                except MemoryError: print('no memory')
                """, SMALL);
        assertThat(context.text()).isEqualTo("no memory");
    }

    @Test
    void severalMemoryHogsTogetherAreStopped() throws Exception {
        var ended = run("""
                import os, time
                for _ in range(4):
                    if os.fork() == 0: break
                x = bytearray(os.urandom(1 << 20)) * 200
                time.sleep(30)
                """, SMALL);
        assertThat(limit(ended)).isEqualTo(Limit.MEMORY);
    }

    @Test
    void anEndlessLoopEndsWithItsProcessorTime() throws Exception {
        var oneSecond = new Limits(
                SMALL.wallTime(), Duration.ofSeconds(1), SMALL.memoryBytes(), 16, 1 << 20, 1 << 20, 1 << 16, 1);
        assertThat(limit((Step.Ended) place.advance(context, command(oneSecond, "sh", "-c", "while :; do :; done"))))
                .isEqualTo(Limit.CPU_TIME);
    }

    @Test
    void aProgramThatSleepsEndsWithItsWallTimeThoughItIgnoresEverySignal() throws Exception {
        var twoSeconds = new Limits(
                Duration.ofSeconds(2), Duration.ofSeconds(10), SMALL.memoryBytes(), 16, 1 << 20, 1 << 20, 1 << 16, 1);
        var ended = (Step.Ended)
                place.advance(context, command(twoSeconds, "sh", "-c", "trap '' TERM INT HUP; sleep 600 & sleep 600"));
        assertThat(limit(ended)).isEqualTo(Limit.WALL_TIME);
        assertThat(processesNaming(context.job().id().toString())).isEmpty();
    }

    @Test
    void cancellingEndsTheWholeTreeWithinFiveSecondsThoughItIgnoresTheTermSignal() throws Exception {
        // given
        var running = CompletableFuture.supplyAsync(() -> {
            try {
                return run("trap '' TERM INT HUP; setsid sleep 60183 & sleep 60184");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        String job = context.job().id().toString();
        await(() -> processesNaming("sleep").stream().anyMatch(line -> line.contains("60184")));
        // when
        long before = System.nanoTime();
        context.cancel();
        // then
        assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        await(() -> processesNaming(job).isEmpty()
                && processesNaming("sleep").stream().noneMatch(line -> line.contains("6018")));
        place.release(context);
    }

    @Test
    void theNetworkIsOutOfReach() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run("""
                    import socket
                    for address in [('127.0.0.1', %d), ('192.0.2.1', 80)]:
                        try:
                            socket.create_connection(address, 3); print('reached', address)
                        except OSError as e: print('refused', e)
                    """.formatted(server.getLocalPort()), SMALL);
        }
        assertThat(context.text().lines()).hasSize(2).allMatch(line -> line.startsWith("refused"));
    }

    @Test
    void anotherCommandsFolderAndTheServersFilesCannotBeSeen() throws Exception {
        // given
        var other = new RecordingContext();
        var ended = (Step.Ended) place.advance(other, command(SMALL, "sh", "-c", "echo secret > mine.txt"));
        Path secret = ended.files().getFirst();
        assertThat(secret).content().startsWith("secret");
        // when
        run("cat %s; cat /etc/passwd; ls /root /home /var /work; ls -d /proc/[0-9]* | wc -l; id -u".formatted(secret));
        // then
        assertThat(context.text())
                .doesNotContain("secret\n")
                .doesNotContain("root:")
                .contains("No such file");
        assertThat(context.text().lines().toList().getLast()).as("its user id").isNotEqualTo("0");
        place.release(other);
    }

    @Test
    void linksAndThingsThatAreNoFilesAreNotCollected() throws Exception {
        var ended = run("""
                echo fine > fine.txt
                ln -s /etc/passwd soft.txt
                ln fine.txt hard.txt
                mkfifo pipe.txt
                mkdir folder && echo inner > folder/inner.txt
                echo kept > kept.txt; chmod 000 kept.txt
                """);
        assertThat(ended.ending()).isEqualTo(new Exited(0));
        assertThat(ended.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("kept.txt");
        assertThat(ended.files().getFirst()).hasContent("kept");
        assertThat(context.text())
                .contains("soft.txt (a link)")
                .contains("hard.txt (a file with several names)")
                .contains("pipe.txt (not a file)")
                .contains("folder (a folder)");
    }

    @Test
    void nameOfAnInputThatLeavesTheFolderIsRefused() {
        var command = new Command(List.of("true"), Map.of("../out.txt", temporary), Map.of(), Map.of(), SMALL);
        assertThatThrownBy(() -> place.advance(context, command)).hasMessageContaining("Not a plain file name");
    }

    @Test
    void noMoreCommandsRunAtOnceThanConfigured() throws Exception {
        try (var single = new LocalPlace(properties(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // given
            var first = new RecordingContext();
            var running = CompletableFuture.runAsync(
                    () -> uninterrupted(
                            () -> single.advance(first, command(SMALL, "sh", "-c", "echo started; exec sleep 60"))),
                    threads);
            await(() -> first.text().contains("started"));
            // when
            var waiting = CompletableFuture.runAsync(
                    () -> uninterrupted(() -> single.advance(context, command(SMALL, "echo", "my turn"))), threads);
            await(() -> context.text().contains("Waiting until one of 1 commands"));
            assertThat(waiting).isNotDone();
            first.cancel();
            // then
            waiting.get(10, TimeUnit.SECONDS);
            assertThat(context.text()).contains("my turn");
            assertThat(running).isCompletedExceptionally();
            single.release(first);
            single.release(context);
        }
    }

    @Test
    void anOrdinaryUsersSandboxIsAsTight() throws Exception {
        // given: the same sandbox as an ordinary user's gateway makes it, in a user namespace
        Path folder = Files.createDirectory(temporary.resolve("job"));
        Stream.of(temporary, folder).forEach(path -> path.toFile().setWritable(true, false));
        Stream.of(temporary, folder).forEach(path -> path.toFile().setExecutable(true, false));
        var hostile =
                command(SMALL, "sh", "-c", "echo in > result; cat /etc/passwd; touch /x; id -u; sleep 30 & exit 4");
        var words = new ArrayList<>(List.of("setpriv", "--reuid=65400", "--regid=65400", "--clear-groups"));
        words.addAll(new Bubblewrap("bwrap", false).wrap(hostile, folder, 0));
        // when
        try (var starter = new ProcessStarter()) {
            Ending ending = RunningCommand.start(starter, words, folder, SMALL).await(context, Duration.ofMillis(50));
            // then
            assertThat(ending).as(context.text()).isEqualTo(new Exited(4));
        }
        assertThat(folder.resolve("result")).content().startsWith("in");
        assertThat(context.text()).doesNotContain("root:").contains("Read-only file system");
    }

    private Step.Ended run(String script) throws InterruptedException {
        return (Step.Ended) place.advance(context, command(SMALL, "sh", "-c", script));
    }

    private Step.Ended run(String python, Limits limits) throws InterruptedException {
        return (Step.Ended) place.advance(context, command(limits, "/usr/bin/python3", "-I", "-S", "-c", python));
    }

    private static Command command(Limits limits, String... words) {
        return new Command(List.of(words), Map.of(), Map.of(), Map.of(), limits);
    }

    private static Limit limit(Step.Ended ended) {
        assertThat(ended.ending()).isInstanceOf(LimitReached.class);
        return ((LimitReached) ended.ending()).limit();
    }

    private ExecutionProperties properties(int concurrent) {
        return new ExecutionProperties(
                false,
                new ExecutionProperties.Local(temporary.resolve("work"), concurrent, 65000, Duration.ofMillis(100)),
                Map.of());
    }

    /** Command lines of this machine's processes that contain the text, with zero bytes between the words. */
    static List<String> processesNaming(String text) {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .map(LocalPlaceTest::content)
                .filter(line -> line.contains(text))
                .toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void uninterrupted(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(until);
            Thread.sleep(20);
        }
    }
}
