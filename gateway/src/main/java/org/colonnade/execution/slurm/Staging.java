package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
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

    /** Files up to this size are written at once; one that was cut is seen by its checksum. */
    private static final int SMALL = 1 << 16;

    private static final Pattern FULL = Pattern.compile(
            "No space left on device|quota exceeded|quota limit|File too large", Pattern.CASE_INSENSITIVE);

    private final SshLink link;
    private final LargeFiles largeFiles;

    public Staging(SshLink link) {
        this.link = link;
        this.largeFiles = new LargeFiles(link);
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
            largeFiles.upload(folder + "/" + file.getKey(), file.getValue());
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
                ShellWords.command(List.of("sh", "-s", "--", folder, Long.toString(LARGE))),
                Slurm.resource("list.sh"),
                ANSWER_LIMIT,
                TRANSFER_PATIENCE);
        expectSuccess(output.status(), output.firstLine(), output.err());
        return RemoteFile.parse(output.out());
    }

    /** What an ended job left in its folder, with the last bytes of what it printed: one command. */
    Remains remains(String folder, int most) throws IOException, InterruptedException {
        var output = link.run(
                Slurm.script(List.of("remains.sh", "list.sh"), folder, Long.toString(LARGE), Integer.toString(most)),
                ANSWER_LIMIT,
                TRANSFER_PATIENCE);
        expectSuccess(output.status(), output.firstLine(), output.err());
        return Remains.parse(output.out());
    }

    /** Brings these files of a folder here, unless they are here already. */
    public void download(String folder, List<RemoteFile> files, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target);
        Map<String, RemoteFile> small = new TreeMap<>();
        for (RemoteFile file : files) {
            Path copy = target.resolve(file.name());
            if (file.sha256() == null) {
                String path = folder + "/" + file.name();
                if (!Files.exists(copy) || !largeFiles.isSame(copy, path)) {
                    largeFiles.download(path, file.size(), copy);
                }
            } else if (!Files.exists(copy) || !Digest.of(copy).equals(file.sha256())) {
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
                Slurm.script(List.of("receive.sh"), folder),
                (in, out) -> {
                    Bundle.pack(files, in, LocalFiles::open);
                    out.transferTo(OutputStream.nullOutputStream());
                },
                TRANSFER_PATIENCE);
        expectSuccess(exit.status(), exit.firstLine(), exit.err());
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
                    if (file.size() <= SMALL && entry.getSize() <= SMALL) {
                        write(tar.readAllBytes(), file, target);
                    } else {
                        write(tar, file, target);
                    }
                    wanted.remove(name);
                }
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void write(byte[] content, RemoteFile file, Path target) throws IOException {
        MessageDigest digest = Digest.begin();
        digest.update(content);
        expectWhole(file, Digest.text(digest));
        try {
            Files.write(target.resolve(file.name()), content);
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }

    private static void write(InputStream content, RemoteFile file, Path target) throws IOException {
        Path part = target.resolve(file.name() + ".part");
        MessageDigest digest = Digest.begin();
        try (var out = new DigestOutputStream(LocalFiles.create(part), digest)) {
            content.transferTo(out);
        }
        expectWhole(file, Digest.text(digest));
        Files.move(
                part, target.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void expectWhole(RemoteFile file, String actual) throws IOException {
        if (!actual.equals(file.sha256())) {
            throw new IOException("The file " + file.name() + " changed while it was copied, or did not arrive whole");
        }
    }

    static void expectSuccess(int status, String firstLine, String err) throws IOException {
        if (status == 0) {
            return;
        }
        if (FULL.matcher(err).find()) {
            throw new NoSpaceException(firstLine);
        }
        throw new RefusedException(firstLine);
    }
}
