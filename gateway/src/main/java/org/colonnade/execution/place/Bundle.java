package org.colonnade.execution.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Many files as one tar stream, with a list of checksums at its end that {@code sha256sum -c} reads. */
public final class Bundle {

    private static final String SUMS = ".sums";
    private static final int BLOCK = 1 << 18;

    /** Files up to this size are read at once: of many small ones, each further step counts. */
    private static final int SMALL = 1 << 16;

    private Bundle() {}

    /** Opens a file of this machine. */
    @FunctionalInterface
    public interface Opener {

        InputStream open(Path file) throws IOException;
    }

    /** @param files contents by name, which may begin with a folder */
    public static void pack(Map<String, Path> files, OutputStream out, Opener opener) throws IOException {
        var sums = new StringBuilder();
        try (var tar = new TarArchiveOutputStream(new BufferedOutputStream(out, BLOCK), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (var file : files.entrySet()) {
                MessageDigest digest = Digest.begin();
                try (var content = opener.open(file.getValue())) {
                    var entry = new TarArchiveEntry(file.getKey());
                    entry.setMode(0600);
                    long size = Files.size(file.getValue());
                    if (size <= SMALL) {
                        byte[] bytes = content.readAllBytes();
                        entry.setSize(bytes.length);
                        digest.update(bytes);
                        tar.putArchiveEntry(entry);
                        tar.write(bytes);
                    } else {
                        entry.setSize(size);
                        tar.putArchiveEntry(entry);
                        new DigestInputStream(content, digest).transferTo(tar);
                    }
                    tar.closeArchiveEntry();
                }
                sums.append(sum(Digest.text(digest), file.getKey()));
            }
            byte[] list = sums.toString().getBytes(UTF_8);
            var entry = new TarArchiveEntry(SUMS);
            entry.setSize(list.length);
            tar.putArchiveEntry(entry);
            tar.write(list);
            tar.closeArchiveEntry();
        }
    }

    /** A line as sha256sum writes and reads it: a name with a line break or a backslash is escaped. */
    static String sum(String digest, String name) {
        String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + digest + " *" + escaped + "\n";
    }
}
