package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.colonnade.execution.place.Bundle;
import org.colonnade.execution.place.Digest;
import org.colonnade.execution.ssh.ShellWords;
import org.colonnade.execution.ssh.SshLink;
import org.colonnade.execution.ssh.SshLink.LocalException;

/**
 * Moves files between this machine and folders of a cluster. Small files travel together as one stream, large ones one by
 * one from where an interrupted transfer stopped. Nothing counts as moved before its checksum was compared.
 */
public final class Staging {

    /** From this size on a file is worth resuming. */
    static final long LARGE = 16L << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TRANSFER_PATIENCE = Duration.ofHours(4);
    private static final int ANSWER_LIMIT = 64 << 20;
    private static final int BLOCK = 1 << 18;
    private static final Pattern FULL = Pattern.compile(
            "No space left on device|quota exceeded|quota limit|File too large", Pattern.CASE_INSENSITIVE);

    private final SshLink link;

    public Staging(SshLink link) {
        this.link = link;
    }

    /** The far end has no room left, or its quota is reached. */
    static final class NoSpaceException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSpaceException(String message) {
            super(message);
        }
    }

    /** The far end said no, for another reason than want of room. It did answer. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Makes a folder hold these files. With small files alone this is one command.
     *
     * @param files contents by name, which may begin with a folder, as in {@code work/input.txt}
     */
    public void upload(String folder, Map<String, Path> files) throws IOException, InterruptedException {
        Map<String, Path> small = new TreeMap<>();
        Map<String, Path> large = new TreeMap<>();
        long together = 0;
        for (var file : files.entrySet()) {
            long size = Files.size(file.getValue());
            (size >= LARGE ? large : small).put(file.getKey(), file.getValue());
            together += size >= LARGE ? 0 : size;
        }
        if (together >= LARGE) {
            withoutPresent(folder, small);
        }
        if (!small.isEmpty()) {
            uploadTogether(folder, small);
        }
        for (var file : large.entrySet()) {
            uploadLarge(folder + "/" + file.getKey(), file.getValue());
        }
    }

    private void withoutPresent(String folder, Map<String, Path> files) throws IOException, InterruptedException {
        Map<String, String> present = new HashMap<>();
        for (String part :
                new TreeSet<>(files.keySet().stream().map(Staging::parent).toList())) {
            for (RemoteFile file : list(folder + "/" + part)) {
                present.put(part + file.name(), file.sha256());
            }
        }
        for (String name : present.keySet()) {
            Path file = files.get(name);
            if (file != null && Digest.of(file).equals(present.get(name))) {
                files.remove(name);
            }
        }
    }

    /** With its slash; empty for a plain name. */
    private static String parent(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** The regular files directly in a folder; none if the folder does not exist. */
    public List<RemoteFile> list(String folder) throws IOException, InterruptedException {
        var output = link.run(
                ShellWords.command(List.of("sh", "-s", "--", folder)),
                Slurm.resource("list.sh"),
                ANSWER_LIMIT,
                TRANSFER_PATIENCE);
        expectSuccess(output.status(), output.firstLine(), output.err());
        String[] items = output.out().split("\0", -1);
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
    public void download(String folder, List<RemoteFile> files, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target);
        Map<String, RemoteFile> small = new TreeMap<>();
        for (RemoteFile file : files) {
            Path copy = target.resolve(file.name());
            if (Files.exists(copy) && Digest.of(copy).equals(file.sha256())) {
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
        var output = link.run("rm -rf -- " + ShellWords.quote(folder), ANSWER_LIMIT, PATIENCE);
        expectSuccess(output.status(), output.firstLine(), output.err());
    }

    /** Folders of attempts directly below {@code root} in which nothing was added or removed for so long. */
    List<String> untouched(String root, Duration age) throws IOException, InterruptedException {
        var output = link.run(
                ShellWords.command(List.of("sh", "-s", "--", root, Long.toString(age.toMinutes()))),
                Slurm.resource("list-old.sh"),
                ANSWER_LIMIT,
                PATIENCE);
        expectSuccess(output.status(), output.firstLine(), output.err());
        return output.out().lines().toList();
    }

    private void uploadTogether(String folder, Map<String, Path> files) throws IOException, InterruptedException {
        var exit = link.converse(
                ShellWords.command(List.of("sh", "-c", new String(Slurm.resource("receive.sh"), UTF_8), "sh", folder)),
                (in, out) -> {
                    Bundle.pack(files, in, Staging::local);
                    out.transferTo(OutputStream.nullOutputStream());
                },
                TRANSFER_PATIENCE);
        expectSuccess(exit.status(), exit.firstLine(), exit.err());
    }

    private static InputStream local(Path file) throws LocalException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }

    /** Both sides hash what passes; what an interrupted transfer left is hashed again where it lies. */
    private void uploadLarge(String path, Path file) throws IOException, InterruptedException {
        String part = ShellWords.quote(path + ".part");
        var size = link.run(
                "mkdir -p -- " + ShellWords.quote(parent(path)) + " && { stat -c %s -- " + part
                        + " 2>/dev/null || echo 0; }",
                ANSWER_LIMIT,
                PATIENCE);
        expectSuccess(size.status(), size.firstLine(), size.err());
        long offset = Math.min(Long.parseLong(size.out().strip()), Files.size(file));
        MessageDigest digest = Digest.begin();
        var remote = new StringBuilder();
        SshLink.Exit exit;
        try (InputStream content = Files.newInputStream(file)) {
            Digest.read(content, digest, offset);
            exit = link.converse(
                    "set -o pipefail 2>/dev/null; touch -- " + part + " && { head -c " + offset + " -- " + part
                            + "; tee -a -- " + part + " || echo failed; } | sha256sum",
                    (in, out) -> {
                        copy(new DigestInputStream(content, digest), in);
                        in.close();
                        remote.append(new String(out.readAllBytes(), UTF_8));
                    },
                    TRANSFER_PATIENCE);
        }
        if (FULL.matcher(exit.err()).find()) {
            throw new NoSpaceException(exit.firstLine());
        }
        expectSuccess(exit.status(), exit.firstLine(), exit.err());
        if (!remote.toString().startsWith(Digest.text(digest))) {
            link.run("rm -f -- " + part, ANSWER_LIMIT, PATIENCE);
            throw new IOException("The file " + file.getFileName() + " did not arrive whole");
        }
        var moved = link.run("mv -f -- " + part + " " + ShellWords.quote(path), ANSWER_LIMIT, PATIENCE);
        expectSuccess(moved.status(), moved.firstLine(), moved.err());
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int count = from.read(block); count >= 0; count = from.read(block)) {
            to.write(block, 0, count);
        }
    }

    private void downloadTogether(String folder, Map<String, RemoteFile> files, Path target)
            throws IOException, InterruptedException {
        var names = new StringBuilder();
        files.keySet().forEach(name -> names.append("./").append(name).append('\0'));
        Map<String, RemoteFile> wanted = new HashMap<>(files);
        var exit = link.converse(
                ShellWords.command(
                        List.of("tar", "-c", "-f", "-", "-C", folder, "--null", "--verbatim-files-from", "-T", "-")),
                (in, out) -> {
                    // The far end reads names while it writes files: a long list must not wait for the first file.
                    Thread asking = Thread.ofVirtual().start(() -> ask(names.toString(), in));
                    unpack(new BufferedInputStream(out, BLOCK), wanted, target);
                    asking.interrupt();
                },
                TRANSFER_PATIENCE);
        expectSuccess(exit.status(), exit.firstLine(), exit.err());
        if (!wanted.isEmpty()) {
            throw new IOException(
                    "Not all files came: " + wanted.keySet().iterator().next());
        }
    }

    private static void ask(String names, OutputStream in) {
        try (in) {
            in.write(names.getBytes(UTF_8));
        } catch (IOException cutOff) {
            // The reading side sees the end of the archive.
        }
    }

    /** Writes exactly the files that were asked for; whatever else an archive may hold is ignored. */
    private static void unpack(InputStream in, Map<String, RemoteFile> wanted, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst("^\\./", "");
                RemoteFile file = wanted.get(name);
                if (file != null && entry.isFile()) {
                    Path part = target.resolve(file.name() + ".part");
                    MessageDigest digest = Digest.begin();
                    try (var out = new DigestOutputStream(create(part), digest)) {
                        tar.transferTo(out);
                    }
                    place(part, file, Digest.text(digest), target.resolve(file.name()));
                    wanted.remove(name);
                }
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static OutputStream create(Path file, StandardOpenOption... options) throws LocalException {
        try {
            return Files.newOutputStream(file, options);
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }

    private void downloadLarge(String folder, RemoteFile file, Path copy) throws IOException, InterruptedException {
        Path part = copy.resolveSibling(file.name() + ".part");
        MessageDigest digest = Digest.begin();
        long offset = 0;
        if (Files.exists(part)) {
            offset = Files.size(part);
            try (InputStream before = Files.newInputStream(part)) {
                Digest.read(before, digest, offset);
            }
        }
        SshLink.Exit exit;
        try (var out =
                new DigestOutputStream(create(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND), digest)) {
            exit = link.converse(
                    "tail -c +" + (offset + 1) + " -- " + ShellWords.quote(folder + "/" + file.name()),
                    (in, from) -> {
                        in.close();
                        copy(from, out);
                    },
                    TRANSFER_PATIENCE);
        }
        expectSuccess(exit.status(), exit.firstLine(), exit.err());
        place(part, file, Digest.text(digest), copy);
    }

    private static void place(Path part, RemoteFile file, String actual, Path copy) throws IOException {
        if (!actual.equals(file.sha256())) {
            Files.delete(part);
            throw new IOException("The file " + file.name() + " changed while it was copied, or did not arrive whole");
        }
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void expectSuccess(int status, String firstLine, String err) throws IOException {
        if (status == 0) {
            return;
        }
        if (FULL.matcher(err).find()) {
            throw new NoSpaceException(firstLine);
        }
        throw new RefusedException(firstLine);
    }
}
