package org.colonnade.storage.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.DamagedContentException;

/**
 * A part of a stored file, checked block by block before a byte of it is handed out: a file that changed underneath ends
 * in an error and never in wrong bytes. Not safe for use by several threads.
 */
public final class CheckedStream extends InputStream {

    private final Artifact artifact;
    private final Blocks blocks;
    private final InputStream raw;
    private final byte[] buffer;
    private final long end;
    private long block;
    /** Where the caller is, from the start of the file. */
    private long position;
    /** Content of the file up to here has been read and checked. */
    private long checkedTo;

    /** @param from first byte to hand out, {@code to} the one after the last; 0 ≤ from ≤ to ≤ size */
    public static CheckedStream open(ContentStore store, Artifact artifact, Blocks blocks, long from, long to)
            throws IOException {
        long block = from / Blocks.SIZE;
        long start = Math.min(block * Blocks.SIZE, artifact.size());
        return new CheckedStream(
                artifact, blocks, store.read(artifact.id(), start, artifact.size()), block, start, from, to);
    }

    private CheckedStream(
            Artifact artifact, Blocks blocks, InputStream raw, long block, long start, long from, long to) {
        this.artifact = artifact;
        this.blocks = blocks;
        this.raw = raw;
        this.block = block;
        this.checkedTo = start;
        this.position = from;
        this.end = to;
        this.buffer = new byte[(int) Math.min(Blocks.SIZE, artifact.size() - start)];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, available(true));
        if (count == 0) {
            return -1;
        }
        System.arraycopy(buffer, (int) (position % Blocks.SIZE), bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        long start = position;
        for (int count = available(true); count > 0; count = available(true)) {
            out.write(buffer, (int) (position % Blocks.SIZE), count);
            position += count;
        }
        return position - start;
    }

    @Override
    public int available() {
        return (int) Math.max(0, Math.min(checkedTo, end) - position);
    }

    private int available(boolean load) throws IOException {
        if (load && position < end && position >= checkedTo) {
            loadBlock();
        }
        return available();
    }

    private void loadBlock() throws IOException {
        int length = (int) Math.min(Blocks.SIZE, artifact.size() - checkedTo);
        if (raw.readNBytes(buffer, 0, length) < length) {
            throw new DamagedContentException(artifact.id(), "ends too early");
        }
        if (!blocks.matches(block, buffer, length)) {
            throw new DamagedContentException(artifact.id(), "changed after it was stored");
        }
        block++;
        checkedTo += length;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
