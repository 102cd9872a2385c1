package org.colonnade.execution.slurm;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.colonnade.execution.ssh.ShellWords;
import org.colonnade.execution.ssh.SshLink;

/**
 * Moves files between this machine and folders of a cluster. Small files travel together as one stream, large ones one by
 * one from where an interrupted transfer stopped; what is there already with the right checksum is not sent again, and
 * nothing counts as moved before its checksum was compared.
 */
final class Staging {

    /** From this size on a file is worth resuming. */
    private static final long LARGE = 16L << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TRANSFER_PATIENCE = Duration.ofHours(4);
    private static final int LIST_LIMIT = 64 << 20;

    private final SshLink link;

    Staging(SshLink link) {
        this.link = link;
    }

    /** The far end has no room left. */
    static final class NoSpaceException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSpaceException(String message) {
            super(message);
        }
    }

    /**
     * Makes a folder hold these files.
     *
     * @param files contents by plain name
     */
    void upload(String folder, Map<String, Path> files) throws IOException, InterruptedException {
        expectSuccess(link.run("mkdir -p -- " + ShellWords.quote(folder), LIST_LIMIT, PATIENCE));
        Map<String, RemoteFile> there = byName(list(folder));
        Map<String, Path> small = new HashMap<>();
        for (var file : files.entrySet()) {
            RemoteFile present = there.get(file.getKey());
            if (present != null
                    && present.size() == Files.size(file.getValue())
                    && present.sha256().equals(digest(file.getValue()))) {
                continue;
            }
            if (Files.size(file.getValue()) >= LARGE) {
                uploadLarge(folder, file.getKey(), file.getValue());
            } else {
                small.put(file.getKey(), file.getValue());
            }
        }
        if (!small.isEmpty()) {
            uploadTogether(folder, small);
        }
        Map<String, RemoteFile> arrived = byName(list(folder));
        for (var file : files.entrySet()) {
            RemoteFile copy = arrived.get(file.getKey());
            if (copy == null || !copy.sha256().equals(digest(file.getValue()))) {
                throw new IOException("The file " + file.getKey() + " did not arrive whole");
            }
        }
    }

    /** The regular files directly in a folder; none if the folder does not exist. */
    List<RemoteFile> list(String folder) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        var exit = link.run(
                ShellWords.command(List.of("sh", "-s", "--", folder)),
                new ByteArrayInputStream(Slurm.resource("list.sh")),
                out,
                TRANSFER_PATIENCE);
        expectSuccess(new SshLink.Output(exit.status(), "", exit.err()));
        String[] items = out.toString(StandardCharsets.UTF_8).split("\0", -1);
        Map<String, Long> sizes = new HashMap<>();
        int i = 0;
        for (; i < items.length && !items[i].isEmpty(); i++) {
            int blank = items[i].indexOf(' ');
            sizes.put(items[i].substring(blank + 1), Long.parseLong(items[i].substring(0, blank)));
        }
        List<RemoteFile> files = new ArrayList<>();
        for (i++; i < items.length; i++) {
            // checksum, blank, asterisk, "./", name
            if (items[i].length() > 68) {
                String name = items[i].substring(68);
                Long size = sizes.get(name);
                if (size != null) {
                    files.add(new RemoteFile(name, size, items[i].substring(0, 64)));
                }
            }
        }
        return files;
    }

    /** Brings these files of a folder here, unless they are here already. */
    void download(String folder, List<RemoteFile> files, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target);
        Map<String, RemoteFile> small = new HashMap<>();
        for (RemoteFile file : files) {
            Path copy = target.resolve(file.name());
            if (Files.exists(copy) && digest(copy).equals(file.sha256())) {
                continue;
            }
            if (file.size() >= LARGE) {
                downloadLarge(folder, file, copy);
            } else {
                small.put(file.name(), file);
            }
        }
        if (!small.isEmpty()) {
            downloadTogether(folder, small, target);
        }
    }

    /** Removes a folder and all that is in it. */
    void remove(String folder) throws IOException, InterruptedException {
        expectSuccess(link.run("rm -rf -- " + ShellWords.quote(folder), LIST_LIMIT, PATIENCE));
    }

    private void uploadTogether(String folder, Map<String, Path> files) throws IOException, InterruptedException {
        var pipe = new PipedInputStream(1 << 20);
        try (var out = new PipedOutputStream(pipe)) {
            Thread packer = Thread.ofVirtual().start(() -> pack(files, out));
            try {
                var exit = link.run(
                        ShellWords.command(List.of("tar", "-x", "-m", "--no-same-owner", "-f", "-", "-C", folder)),
                        pipe,
                        OutputStream.nullOutputStream(),
                        TRANSFER_PATIENCE);
                expectSuccess(new SshLink.Output(exit.status(), "", exit.err()));
            } finally {
                pipe.close();
                packer.join();
            }
        }
    }

    /** A source that fails leaves the archive without its end, which the receiving side reports. */
    private static void pack(Map<String, Path> files, OutputStream out) {
        try (var tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(Files.size(file.getValue()));
                entry.setMode(0600);
                tar.putArchiveEntry(entry);
                Files.copy(file.getValue(), tar);
                tar.closeArchiveEntry();
            }
        } catch (IOException cutOff) {
            // The receiver sees a truncated archive and says so.
        }
    }

    private void uploadLarge(String folder, String name, Path file) throws IOException, InterruptedException {
        String part = ShellWords.quote(folder + "/" + name + ".part");
        String whole = ShellWords.quote(folder + "/" + name);
        var size = link.run("stat -c %s -- " + part + " 2>/dev/null || echo 0", LIST_LIMIT, PATIENCE);
        long offset = Long.parseLong(size.out().strip());
        try (var channel = FileChannel.open(file)) {
            channel.position(Math.min(offset, channel.size()));
            var exit = link.run(
                    "cat >> " + part,
                    new BufferedInputStream(Channels.newInputStream(channel), 1 << 20),
                    OutputStream.nullOutputStream(),
                    TRANSFER_PATIENCE);
            expectSuccess(new SshLink.Output(exit.status(), "", exit.err()));
        }
        var sum = link.run("sha256sum < " + part, LIST_LIMIT, TRANSFER_PATIENCE);
        if (!sum.out().startsWith(digest(file))) {
            link.run("rm -f -- " + part, LIST_LIMIT, PATIENCE);
            throw new IOException("The file " + name + " did not arrive whole");
        }
        expectSuccess(link.run("mv -f -- " + part + " " + whole, LIST_LIMIT, PATIENCE));
    }

    private void downloadTogether(String folder, Map<String, RemoteFile> files, Path target)
            throws IOException, InterruptedException {
        var names = new ByteArrayOutputStream();
        for (String name : files.keySet()) {
            names.writeBytes(("./" + name).getBytes(StandardCharsets.UTF_8));
            names.write(0);
        }
        var pipe = new PipedInputStream(1 << 20);
        var unpacked = new Unpacking(pipe, files, target);
        Thread unpacker = Thread.ofVirtual().start(unpacked);
        try (var out = new PipedOutputStream(pipe)) {
            var exit = link.run(
                    ShellWords.command(List.of(
                            "tar", "-c", "-f", "-", "-C", folder, "--null", "--verbatim-files-from", "-T", "-")),
                    new ByteArrayInputStream(names.toByteArray()),
                    out,
                    TRANSFER_PATIENCE);
            expectSuccess(new SshLink.Output(exit.status(), "", exit.err()));
        } finally {
            unpacker.join();
        }
        unpacked.expectAll();
    }

    /** Writes exactly the files that were asked for; whatever else an archive may hold is ignored. */
    private static final class Unpacking implements Runnable {
        private final InputStream in;
        private final Map<String, RemoteFile> wanted;
        private final Path target;
        private volatile IOException failure = new IOException("The archive ended early");

        Unpacking(InputStream in, Map<String, RemoteFile> wanted, Path target) {
            this.in = in;
            this.wanted = new HashMap<>(wanted);
            this.target = target;
        }

        @Override
        public void run() {
            try (in;
                    var tar = new TarArchiveInputStream(in, "UTF-8")) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    String name = entry.getName().replaceFirst("^\\./", "");
                    RemoteFile file = wanted.get(name);
                    if (file != null && entry.isFile()) {
                        copy(tar, file);
                        wanted.remove(name);
                    }
                }
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                failure = e;
            }
        }

        private void copy(InputStream content, RemoteFile file) throws IOException {
            Path part = target.resolve(file.name() + ".part");
            MessageDigest digest = sha256();
            try (var out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                content.transferTo(out);
            }
            place(part, file, HexFormat.of().formatHex(digest.digest()), target.resolve(file.name()));
        }

        void expectAll() throws IOException {
            if (!wanted.isEmpty()) {
                throw new IOException(
                        "Not all files came: " + wanted.keySet().iterator().next(), failure);
            }
        }
    }

    private void downloadLarge(String folder, RemoteFile file, Path copy) throws IOException, InterruptedException {
        Path part = copy.resolveSibling(file.name() + ".part");
        long offset = Files.exists(part) ? Files.size(part) : 0;
        try (var out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var exit = link.run(
                    "tail -c +" + (offset + 1) + " -- " + ShellWords.quote(folder + "/" + file.name()),
                    InputStream.nullInputStream(),
                    out,
                    TRANSFER_PATIENCE);
            expectSuccess(new SshLink.Output(exit.status(), "", exit.err()));
        }
        place(part, file, digest(part), copy);
    }

    private static void place(Path part, RemoteFile file, String actual, Path copy) throws IOException {
        if (!actual.equals(file.sha256())) {
            Files.delete(part);
            throw new IOException("The file " + file.name() + " changed while it was copied, or did not arrive whole");
        }
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void expectSuccess(SshLink.Output output) throws IOException {
        if (output.status() == 0) {
            return;
        }
        if (output.err().contains("No space left on device") || output.err().contains("quota exceeded")) {
            throw new NoSpaceException(output.firstLine());
        }
        throw new IOException(output.firstLine());
    }

    private static Map<String, RemoteFile> byName(List<RemoteFile> files) {
        Map<String, RemoteFile> byName = new HashMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        return byName;
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
