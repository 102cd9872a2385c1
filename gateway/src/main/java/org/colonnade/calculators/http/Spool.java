package org.colonnade.calculators.http;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an answer until the whole request is read, in memory or beyond {@value #IN_MEMORY} bytes in a temporary file. Most
 * clients read nothing before they have sent everything: an answer that were sent while they write would fill both pipes
 * and wait for ever.
 */
final class Spool extends OutputStream {

    private static final int IN_MEMORY = 1 << 20;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private OutputStream target = memory;
    private long size;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (file == null && memory.size() + length > IN_MEMORY) {
            file = Files.createTempFile("batch", ".csv");
            target = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            memory.writeTo(target);
        }
        target.write(bytes, offset, length);
        size += length;
    }

    long size() {
        return size;
    }

    void sendTo(OutputStream out) throws IOException {
        target.flush();
        if (file == null) {
            memory.writeTo(out);
        } else {
            Files.copy(file, out);
        }
    }

    /** Removes the temporary file. */
    @Override
    public void close() throws IOException {
        target.close();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
