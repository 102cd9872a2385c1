package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.execution.place.Digest;
import org.colonnade.execution.ssh.ShellWords;
import org.colonnade.execution.ssh.SshLink;

/**
 * Files that travel one by one, from where an interrupted transfer stopped. Here what passes is hashed as it passes; the far
 * end hashes the file itself, so that what lies there is what was compared.
 */
final class LargeFiles {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration TRANSFER_PATIENCE = Duration.ofHours(4);
    private static final int ANSWER_LIMIT = 64 << 10;
    private static final int BLOCK = 1 << 18;
    private static final Pattern HELD = Pattern.compile("holds (\\d{1,18}) bytes");
    private static final Pattern SUM = Pattern.compile("\\b[0-9a-f]{64}\\b");

    private final SshLink link;

    LargeFiles(SshLink link) {
        this.link = link;
    }

    void upload(String path, Path file) throws IOException, InterruptedException {
        String part = path + ".part";
        long size = Files.size(file);
        var digest = new FutureTask<>(() -> Digest.of(file));
        try (InputStream content = LocalFiles.open(file)) {
            var answer = new StringBuilder();
            var exit = link.converse(
                    script("append.sh", part),
                    (in, out) -> {
                        content.skipNBytes(Math.min(held(out), size));
                        copy(content, in);
                        in.close();
                        // The far end hashes now too. Before, the processor had enough to do with encrypting.
                        start(digest);
                        answer.append(new String(out.readAllBytes(), UTF_8));
                    },
                    TRANSFER_PATIENCE);
            Staging.expectSuccess(exit.status(), exit.firstLine(), exit.err());
            if (!sum(answer).equals(Optional.of(result(digest)))
                    || !answer.toString().strip().endsWith("\n" + size)) {
                answer("rm -f -- " + ShellWords.quote(part));
                throw new IOException("The file " + file.getFileName() + " did not arrive whole");
            }
        } finally {
            digest.cancel(true);
        }
        answer("mv -f -- " + ShellWords.command(List.of(part, path)));
    }

    /** Reads the line in which the far end says what an interrupted upload left there, past what a login may print before. */
    private static long held(InputStream out) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = out.read(); b >= 0; b = out.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            Matcher found = HELD.matcher(line.toString(UTF_8));
            if (found.matches()) {
                return Long.parseLong(found.group(1));
            }
            line.reset();
        }
        throw new EOFException("The far end ended before the file was sent");
    }

    private static String result(FutureTask<String> digest) throws IOException, InterruptedException {
        try {
            return digest.get();
        } catch (ExecutionException e) {
            throw new SshLink.LocalException(new IOException(e.getCause()));
        }
    }

    /** @return whether the file here is the same as that on the cluster */
    boolean isSame(Path file, String path) throws IOException, InterruptedException {
        return Optional.of(Digest.of(file)).equals(sum(answer(script("sum-of.sh", path))));
    }

    /** @param size of the file at the far end, as far as it is known */
    void download(String path, long size, Path copy) throws IOException, InterruptedException {
        Path part = copy.resolveSibling(copy.getFileName() + ".part");
        var digest = new FutureTask<>(() -> Digest.of(part));
        try {
            SshLink.Exit exit;
            try (OutputStream file = LocalFiles.create(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                long offset = Files.size(part);
                // The far end hashes when all was sent, and this end meanwhile.
                var out = new Counted(file, size - offset, () -> start(digest));
                exit = link.receive(script("send.sh", path, Long.toString(offset)), out, TRANSFER_PATIENCE);
            }
            Staging.expectSuccess(exit.status(), exit.firstLine(), exit.err());
            digest.run();
            if (!sum(exit.err()).equals(Optional.of(result(digest)))) {
                Files.delete(part);
                throw new IOException(
                        "The file " + copy.getFileName() + " changed while it was copied, or did not arrive whole");
            }
        } finally {
            digest.cancel(true);
        }
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Tells when so many bytes have passed, once. */
    private static final class Counted extends FilterOutputStream {

        private final Runnable then;
        private long left;

        Counted(OutputStream to, long count, Runnable then) {
            super(to);
            this.left = count;
            this.then = then;
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            out.write(content, offset, length);
            boolean before = left > 0;
            left -= length;
            if (before && left <= 0) {
                then.run();
            }
        }
    }

    private static void start(FutureTask<String> digest) {
        Thread.ofPlatform().name("digest").daemon().start(digest);
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int count = from.read(block); count >= 0; count = from.read(block)) {
            to.write(block, 0, count);
        }
    }

    /** Where a login prints a banner, the checksum is still the only word of its form. */
    private static Optional<String> sum(CharSequence text) {
        Matcher found = SUM.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    private static String script(String name, String... words) throws IOException {
        return Slurm.script(List.of("sum.sh", name), words);
    }

    private String answer(String command) throws IOException, InterruptedException {
        var output = link.run(command, ANSWER_LIMIT, PATIENCE);
        Staging.expectSuccess(output.status(), output.firstLine(), output.err());
        return output.out();
    }
}
