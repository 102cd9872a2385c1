package org.colonnade.storage.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.colonnade.storage.ArtifactId;
import org.colonnade.storage.DamagedContentException;
import org.colonnade.storage.StorageFullException;

/**
 * Content in files named by id, spread over 256 folders. A file is written beside its place, forced to the disk, renamed,
 * and the rename is forced too, so after a crash a file is there whole or not at all.
 */
public final class FolderStore implements ContentStore {

    private static final String INCOMING = "incoming";
    /** Bytes between two looks at the free room. */
    private static final long LOOK_AGAIN = 16L << 20;

    private final Path folder;
    private final long reserve;

    /** @param reserve bytes to leave free on the disk */
    public FolderStore(Path folder, long reserve) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.reserve = reserve;
        Files.createDirectories(this.folder.resolve(INCOMING));
    }

    @Override
    public void write(ArtifactId id, InputStream content) throws IOException {
        Path incoming = folder.resolve(INCOMING).resolve(id.toString());
        try {
            copy(content, incoming);
            publish(incoming, place(id));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(incoming);
            throw e;
        }
    }

    /** Failures of the source pass as they are; only those of the disk are told as a full disk. */
    private void copy(InputStream content, Path file) throws IOException {
        try (var channel = openNew(file)) {
            byte[] buffer = new byte[Blocks.SIZE];
            long written = 0;
            long nextLook = 0;
            for (int count = content.readNBytes(buffer, 0, buffer.length);
                    count > 0;
                    count = content.readNBytes(buffer, 0, buffer.length)) {
                if (written >= nextLook) {
                    requireRoom(count);
                    nextLook = written + LOOK_AGAIN;
                }
                append(channel, ByteBuffer.wrap(buffer, 0, count));
                written += count;
            }
            force(channel);
        }
    }

    private FileChannel openNew(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private void append(FileChannel channel, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private void force(FileChannel channel) throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private void requireRoom(long bytes) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < reserve + bytes) {
            throw new StorageFullException();
        }
    }

    /** Java has no exception of its own for a full disk; the system's message names it, in English or not. */
    private IOException explained(IOException e) throws IOException {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left")
                || message.contains("quota exceeded")
                || Files.getFileStore(folder).getUsableSpace() < Blocks.SIZE;
        return full ? new StorageFullException(e) : e;
    }

    private void publish(Path incoming, Path place) throws IOException {
        Path parent = place.resolveSibling(".").normalize();
        try {
            if (!Files.isDirectory(parent)) {
                Files.createDirectories(parent);
                forceFolder(folder);
            }
            Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw explained(e);
        }
        forceFolder(parent);
    }

    private static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream read(ArtifactId id, long offset, long size) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(place(id), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new DamagedContentException(id, "is missing");
        }
        try {
            if (channel.size() != size) {
                throw new DamagedContentException(id, "changed its size from " + size + " to " + channel.size());
            }
            if (offset > 0) {
                channel.position(offset);
            }
            return Channels.newInputStream(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void delete(ArtifactId id) throws IOException {
        Files.deleteIfExists(place(id));
    }

    @Override
    public void visitOlderThan(Instant time, Consumer<ArtifactId> visitor) throws IOException {
        removeInterrupted(time);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
            for (Path each : folders) {
                visitFolder(each, time, visitor);
            }
        }
    }

    private void removeInterrupted(Instant time) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(INCOMING))) {
            for (Path file : files) {
                if (isOlder(file, time)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void visitFolder(Path folder, Instant time, Consumer<ArtifactId> visitor) throws IOException {
        // The pattern passes over what is not ours, such as a network file system's leftovers.
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????????-????-????-????-????????????")) {
            for (Path file : files) {
                if (isOlder(file, time)) {
                    visitor.accept(ArtifactId.parse(String.valueOf(file.getFileName())));
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path place(ArtifactId id) {
        String name = id.toString();
        return folder.resolve(name.substring(0, 2) + "/" + name);
    }
}
