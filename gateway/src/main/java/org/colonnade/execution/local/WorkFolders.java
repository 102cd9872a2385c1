package org.colonnade.execution.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.colonnade.execution.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of this gateway process's commands. Each process has a folder of its own under the common one and holds a
 * lock on it as long as it lives; a start removes what processes without a lock left behind.
 */
final class WorkFolders implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WorkFolders.class);
    private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\x00]{1,255}");
    private static final String LOCK = ".lock";

    private final Path own;
    private final FileChannel channel;
    private final FileLock lock;

    WorkFolders(Path common) throws IOException {
        Files.createDirectories(common);
        Path root = common.toRealPath();
        own = Files.createDirectory(root.resolve(UUID.randomUUID().toString()));
        channel = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = channel.lock();
        removeAbandoned(root);
    }

    /** A folder for things that are not a command's. */
    Path own() {
        return own;
    }

    Path of(String job, int attempt) {
        return own.resolve(job + "-" + attempt);
    }

    /** Makes the command's folder with its input files, readable and writable for {@code user} alone. */
    Path create(String job, int attempt, Command command, Sandbox sandbox, int user) throws IOException {
        Path folder = of(job, attempt);
        Trash.delete(folder);
        Files.createDirectory(folder);
        for (Map.Entry<String, Path> input : command.inputs().entrySet()) {
            String name = input.getKey();
            if (!PLAIN_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("Not a plain file name: '" + name + "'");
            }
            give(Files.copy(input.getValue(), folder.resolve(name)), "rw-------", sandbox, user);
        }
        // The group is the gateway's own: bubblewrap steps in as root without root's powers over files.
        give(folder, "rwx--x---", sandbox, user);
        return folder;
    }

    private static void give(Path path, String permissions, Sandbox sandbox, int user) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        if (sandbox.changesUser()) {
            Files.setAttribute(path, "unix:uid", user);
        }
    }

    void delete(String job, int attempt) throws IOException {
        Trash.delete(of(job, attempt));
    }

    private void removeAbandoned(Path root) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, path -> Files.isDirectory(path))) {
            for (Path folder : folders) {
                if (!folder.equals(own) && isAbandoned(folder)) {
                    log.info("Removing {}, which a gateway left behind", folder);
                    Trash.delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            // Leftovers of a deletion that was cut short, or a gateway between creating its folder and its lock.
            return !folder.getFileName().toString().matches("[0-9a-f-]{36}");
        }
        try (var other = FileChannel.open(file, StandardOpenOption.WRITE);
                var free = other.tryLock()) {
            return free != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
        Trash.delete(own);
    }
}
