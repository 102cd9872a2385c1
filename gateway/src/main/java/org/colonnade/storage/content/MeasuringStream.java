package org.colonnade.storage.content;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import org.colonnade.storage.TooLargeException;

/** Passes content through while it counts, sums and bounds it. Not safe for use by several threads. */
public final class MeasuringStream extends FilterInputStream {

    private final long limit;
    private final MessageDigest sha256;
    private final CRC32 whole = new CRC32();
    private final CRC32 block = new CRC32();
    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private long size;

    public MeasuringStream(InputStream content, long limit) {
        super(content);
        this.limit = limit;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            if (size + count > limit) {
                throw new TooLargeException(limit);
            }
            sha256.update(bytes, offset, count);
            whole.update(bytes, offset, count);
            sumBlocks(bytes, offset, count);
            size += count;
        }
        return count;
    }

    private void sumBlocks(byte[] bytes, int offset, int count) {
        int done = 0;
        while (done < count) {
            int inBlock = (int) ((size + done) % Blocks.SIZE);
            int part = Math.min(count - done, Blocks.SIZE - inBlock);
            block.update(bytes, offset + done, part);
            done += part;
            if (inBlock + part == Blocks.SIZE) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        blocks.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) block.getValue())
                .array());
        block.reset();
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("Measured content is read whole");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** To be asked once, after the stream's end. */
    public Measured measured() {
        if (size % Blocks.SIZE > 0) {
            endBlock();
        }
        byte[] sums = size > Blocks.SIZE ? blocks.toByteArray() : new byte[0];
        return new Measured(size, sha256.digest(), whole.getValue(), sums);
    }

    /**
     * What passed through.
     *
     * @param blocks four bytes per block; empty if there is no more than one block
     */
    @SuppressWarnings("ArrayRecordComponent") // carried from the stream to the database, never compared
    public record Measured(long size, byte[] sha256, long crc32, byte[] blocks) {}
}
