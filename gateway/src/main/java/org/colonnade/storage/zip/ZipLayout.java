package org.colonnade.storage.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Where everything lies in a zip file whose entries are stored without compression, and the bytes between their contents.
 * Sizes and sums are known beforehand, so there are no data descriptors and every offset is fixed.
 *
 * <p>Numbers of sections and fields: PKWARE APPNOTE.TXT 6.3.10; the time field 0x5455: Info-ZIP's extrafld.txt.
 *
 * <p>Order of the parts: for each entry its header and its content, then for each entry its directory record, then the
 * end.
 */
public final class ZipLayout {

    private static final long MAX_32 = 0xFFFFFFFFL;
    private static final int MAX_16 = 0xFFFF;
    private static final int LOCAL_HEADER = 30;
    private static final int DIRECTORY_RECORD = 46;
    private static final int TIME_FIELD = 9;
    private static final int END = 22;
    private static final int ZIP64_END = 56;
    private static final int ZIP64_LOCATOR = 20;
    private static final short VERSION_PLAIN = 20;
    private static final short VERSION_ZIP64 = 45;
    private static final short MADE_BY_UNIX = 3 << 8;
    private static final short NAMES_ARE_UTF8 = 1 << 11;
    /** A regular file that its owner may change and everybody may read. */
    private static final int UNIX_MODE = 0100644;

    private final List<Entry> entries;
    private final byte[][] names;
    private final long[] headers;
    private final long[] records;
    private final long size;

    /**
     * One file.
     *
     * @param name with {@code /} between folders; at most 65,535 bytes in UTF-8
     * @param size in bytes
     * @param crc32 from 0 to 2³² − 1
     */
    public record Entry(String name, long size, long crc32, Instant time) {}

    public ZipLayout(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        int count = entries.size();
        this.names = new byte[count][];
        this.headers = new long[count + 1];
        this.records = new long[count + 1];
        for (int i = 0; i < count; i++) {
            names[i] = entries.get(i).name().getBytes(StandardCharsets.UTF_8);
            if (names[i].length > MAX_16) {
                throw new IllegalArgumentException("The name of entry " + i + " is too long for a zip file");
            }
            headers[i + 1] =
                    Math.addExact(headers[i] + headerSize(i), entries.get(i).size());
        }
        records[0] = headers[count];
        for (int i = 0; i < count; i++) {
            records[i + 1] = records[i] + recordSize(i);
        }
        this.size = records[count] + (needsZip64End() ? ZIP64_END + ZIP64_LOCATOR : 0) + END;
    }

    /** Bytes of the whole file. */
    public long size() {
        return size;
    }

    public int count() {
        return entries.size();
    }

    /** Offset of entry i's header; for i = {@link #count()} where the directory begins. */
    public long headerOffset(int i) {
        return headers[i];
    }

    /** Offset of entry i's content. */
    public long contentOffset(int i) {
        return headers[i] + headerSize(i);
    }

    /** Offset of entry i's directory record; for i = {@link #count()} where the end begins. */
    public long recordOffset(int i) {
        return records[i];
    }

    private int headerSize(int i) {
        return LOCAL_HEADER + names[i].length + TIME_FIELD + (isLarge(i) ? 20 : 0);
    }

    private int recordSize(int i) {
        return DIRECTORY_RECORD + names[i].length + TIME_FIELD + zip64FieldSize(i);
    }

    private int zip64FieldSize(int i) {
        int content = (isLarge(i) ? 16 : 0) + (isFar(i) ? 8 : 0);
        return content == 0 ? 0 : 4 + content;
    }

    private boolean isLarge(int i) {
        return entries.get(i).size() >= MAX_32;
    }

    private boolean isFar(int i) {
        return headers[i] >= MAX_32;
    }

    private boolean needsZip64End() {
        int count = count();
        return count >= MAX_16 || headers[count] >= MAX_32 || records[count] - records[0] >= MAX_32;
    }

    /** What stands before an entry's content. */
    public byte[] header(int i) {
        var entry = entries.get(i);
        boolean large = isLarge(i);
        byte[] bytes = new byte[headerSize(i)];
        var out = littleEndian(bytes);
        out.putInt(0x04034b50);
        out.putShort(large ? VERSION_ZIP64 : VERSION_PLAIN);
        putCommon(out, entry, large);
        out.putShort((short) names[i].length);
        out.putShort((short) (TIME_FIELD + (large ? 20 : 0)));
        out.put(names[i]);
        putTime(out, entry.time());
        if (large) {
            out.putShort((short) 1).putShort((short) 16);
            out.putLong(entry.size()).putLong(entry.size());
        }
        return bytes;
    }

    /** An entry's record in the directory. */
    public byte[] record(int i) {
        var entry = entries.get(i);
        boolean large = isLarge(i);
        boolean far = isFar(i);
        short version = large || far ? VERSION_ZIP64 : VERSION_PLAIN;
        byte[] bytes = new byte[recordSize(i)];
        var out = littleEndian(bytes);
        out.putInt(0x02014b50);
        out.putShort((short) (MADE_BY_UNIX | version));
        out.putShort(version);
        putCommon(out, entry, large);
        out.putShort((short) names[i].length);
        out.putShort((short) (TIME_FIELD + zip64FieldSize(i)));
        out.putShort((short) 0); // comment
        out.putShort((short) 0); // disk
        out.putShort((short) 0); // internal attributes
        out.putInt(UNIX_MODE << 16);
        out.putInt((int) Math.min(headers[i], MAX_32));
        out.put(names[i]);
        putTime(out, entry.time());
        if (large || far) {
            out.putShort((short) 1).putShort((short) (zip64FieldSize(i) - 4));
            if (large) {
                out.putLong(entry.size()).putLong(entry.size());
            }
            if (far) {
                out.putLong(headers[i]);
            }
        }
        return bytes;
    }

    /** What ends the file. */
    public byte[] end() {
        int count = count();
        long start = records[0];
        long length = records[count] - start;
        byte[] bytes = new byte[(int) (size - records[count])];
        var out = littleEndian(bytes);
        if (needsZip64End()) {
            out.putInt(0x06064b50).putLong(ZIP64_END - 12);
            out.putShort((short) (MADE_BY_UNIX | VERSION_ZIP64)).putShort(VERSION_ZIP64);
            out.putInt(0).putInt(0);
            out.putLong(count).putLong(count);
            out.putLong(length).putLong(start);
            out.putInt(0x07064b50).putInt(0).putLong(records[count]).putInt(1);
        }
        out.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
        out.putShort((short) Math.min(count, MAX_16)).putShort((short) Math.min(count, MAX_16));
        out.putInt((int) Math.min(length, MAX_32)).putInt((int) Math.min(start, MAX_32));
        out.putShort((short) 0);
        return bytes;
    }

    /** The fields that header and record share, from the flags to the sizes. */
    private static void putCommon(ByteBuffer out, Entry entry, boolean large) {
        out.putShort(NAMES_ARE_UTF8);
        out.putShort((short) 0); // stored
        putDosTime(out, entry.time());
        out.putInt((int) entry.crc32());
        int size = large ? (int) MAX_32 : (int) entry.size();
        out.putInt(size).putInt(size);
    }

    /** Two-second steps from 1980 to 2107; the format knows no zone, ours is UTC. */
    private static void putDosTime(ByteBuffer out, Instant time) {
        LocalDateTime t = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        int year = Math.clamp(t.getYear(), 1980, 2107) - 1980;
        out.putShort((short) (t.getHour() << 11 | t.getMinute() << 5 | t.getSecond() >> 1));
        out.putShort((short) (year << 9 | t.getMonthValue() << 5 | t.getDayOfMonth()));
    }

    /** The true time, in seconds since 1970; the field has 32 bits. */
    private static void putTime(ByteBuffer out, Instant time) {
        out.putShort((short) 0x5455).putShort((short) 5);
        out.put((byte) 1);
        out.putInt((int) Math.clamp(time.getEpochSecond(), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
