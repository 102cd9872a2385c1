package org.colonnade.storage.content;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The CRC-32 of every block of a file: enough to check any part of it without reading the rest. */
public final class Blocks {

    /** Bytes in a block. A download holds one block in memory; the sums take 8 bytes per MiB of content. */
    public static final int SIZE = 512 * 1024;

    private final ByteBuffer sums;

    private Blocks(ByteBuffer sums) {
        this.sums = sums;
    }

    /** @param sums four bytes, high byte first, per block */
    public static Blocks of(byte[] sums) {
        return new Blocks(ByteBuffer.wrap(sums));
    }

    /** The only block of a small file. */
    public static Blocks single(long crc32) {
        return new Blocks(ByteBuffer.allocate(Integer.BYTES).putInt(0, (int) crc32));
    }

    boolean matches(long block, byte[] bytes, int length) {
        long position = block * Integer.BYTES;
        if (position + Integer.BYTES > sums.capacity()) {
            return false;
        }
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue() == sums.getInt((int) position);
    }
}
