package org.colonnade.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.colonnade.storage.zip.EntryNames;
import org.colonnade.storage.zip.ZipLayout;

/**
 * A zip of stored files, not compressed. Everything about it is known before its first byte is written, so it is never
 * stored and never held in memory, and a client may fetch any part of it. Its first file lists the SHA-256 of all others
 * in the form that {@code sha256sum -c} reads.
 */
final class Archive implements Download {

    static final String MANIFEST = "manifest-sha256.txt";

    private final String name;
    private final ContentReader reader;
    private final List<ArchiveMember> members;
    private final ZipLayout layout;
    private final Instant lastModified;
    private final String etag;

    Archive(String name, List<ArchiveMember> files, ContentReader reader) {
        this.name = name;
        this.reader = reader;
        this.lastModified = files.stream()
                .filter(ArchiveMember.Stored.class::isInstance)
                .map(file -> ((ArchiveMember.Stored) file).artifact().storedAt())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        var names = new EntryNames();
        String manifestName = names.add(List.of(MANIFEST));
        List<ZipLayout.Entry> entries = new ArrayList<>(files.size() + 1);
        var manifest = new StringBuilder();
        for (ArchiveMember file : files) {
            String path = names.add(file.path());
            entries.add(entry(path, file));
            manifest.append(sha256(file)).append("  ").append(path).append('\n');
        }
        var first = new ArchiveMember.Document(
                List.of(manifestName), manifest.toString().getBytes(StandardCharsets.UTF_8));
        entries.addFirst(entry(manifestName, first));
        this.members = new ArrayList<>(files.size() + 1);
        members.add(first);
        members.addAll(files);
        this.layout = new ZipLayout(entries);
        this.etag = etag(first.content());
    }

    private ZipLayout.Entry entry(String path, ArchiveMember member) {
        return switch (member) {
            case ArchiveMember.Stored stored -> {
                var artifact = stored.artifact();
                yield new ZipLayout.Entry(path, artifact.size(), artifact.crc32(), artifact.storedAt());
            }
            case ArchiveMember.Document document -> {
                var crc = new CRC32();
                crc.update(document.content());
                yield new ZipLayout.Entry(path, document.content().length, crc.getValue(), lastModified);
            }
        };
    }

    private static String sha256(ArchiveMember member) {
        return switch (member) {
            case ArchiveMember.Stored stored -> stored.artifact().sha256();
            case ArchiveMember.Document document -> HexFormat.of().formatHex(digest().digest(document.content()));
        };
    }

    /** The manifest names every content, the directory all the rest. */
    private String etag(byte[] manifest) {
        var digest = digest();
        digest.update(manifest);
        for (int i = 0; i < layout.count(); i++) {
            digest.update(layout.record(i));
        }
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 16));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String mediaType() {
        return "application/zip";
    }

    @Override
    public long size() {
        return layout.size();
    }

    @Override
    public String etag() {
        return etag;
    }

    @Override
    public Instant lastModified() {
        return lastModified;
    }

    @Override
    public void writeTo(OutputStream out, long from, long to) throws IOException {
        var part = new Part(out, from, to);
        for (int i = lastAtOrBefore(from, true); i < layout.count() && layout.headerOffset(i) < to; i++) {
            part.write(layout.headerOffset(i), layout.header(i));
            writeContent(part, i);
        }
        for (int i = lastAtOrBefore(from, false); i < layout.count() && layout.recordOffset(i) < to; i++) {
            part.write(layout.recordOffset(i), layout.record(i));
        }
        part.write(layout.recordOffset(layout.count()), layout.end());
    }

    private void writeContent(Part part, int i) throws IOException {
        long start = layout.contentOffset(i);
        switch (members.get(i)) {
            case ArchiveMember.Document document -> part.write(start, document.content());
            case ArchiveMember.Stored stored -> {
                var artifact = stored.artifact();
                long from = Math.clamp(part.from - start, 0, artifact.size());
                long to = Math.clamp(part.to - start, 0, artifact.size());
                if (from < to) {
                    reader.write(artifact, part.out, from, to);
                }
            }
        }
    }

    /** The last entry whose header (or directory record) begins at or before an offset; 0 if none does. */
    private int lastAtOrBefore(long offset, boolean header) {
        int low = 0;
        int high = layout.count();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            long begin = header ? layout.headerOffset(middle) : layout.recordOffset(middle);
            if (begin <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** What a client asked for. */
    private record Part(OutputStream out, long from, long to) {

        void write(long offset, byte[] bytes) throws IOException {
            int begin = (int) Math.clamp(from - offset, 0, bytes.length);
            int end = (int) Math.clamp(to - offset, 0, bytes.length);
            if (begin < end) {
                out.write(bytes, begin, end - begin);
            }
        }
    }
}
