package org.colonnade.execution.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.colonnade.execution.Ending;
import org.colonnade.execution.place.Digest;

/**
 * What a pod sent back: first how its command ended, then the checksums, then the files.
 *
 * @param ending in the script's own words; empty if they are not understood
 */
record SentResults(Optional<Ending> ending, List<Path> files, long bytes) {

    private static final int TEXT_LIMIT = 64 << 20;

    /** @param limit of all files together, in bytes; what is beyond it is not written */
    static SentResults unpack(InputStream archive, Path folder, long limit) throws IOException {
        Files.createDirectories(folder);
        Optional<Ending> ending = Optional.empty();
        Map<String, String> sums = new HashMap<>();
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(archive, 1 << 18), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (name.equals("ended")) {
                    ending = Standing.said(text(tar));
                } else if (name.equals("sums")) {
                    sums.putAll(sums(text(tar)));
                } else if (entry.isFile() && name.startsWith("work/") && name.indexOf('/', 5) < 0) {
                    bytes += entry.getSize();
                    if (bytes <= limit) {
                        files.add(file(tar, folder, name, sums));
                    }
                }
            }
        }
        if (bytes <= limit && files.size() != sums.size()) {
            throw new IOException("Not all files of the job came");
        }
        return new SentResults(ending, files, bytes);
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(TEXT_LIMIT), UTF_8);
    }

    /** As {@code sha256sum -b -z} writes them: checksum, blank, asterisk, name, NUL. */
    private static Map<String, String> sums(String text) {
        Map<String, String> sums = new HashMap<>();
        for (String line : text.split("\0", -1)) {
            if (line.length() > 66) {
                sums.put(line.substring(66), line.substring(0, 64));
            }
        }
        return sums;
    }

    private static Path file(InputStream in, Path folder, String name, Map<String, String> sums) throws IOException {
        Path file = folder.resolve(name.substring("work/".length()));
        if (!folder.equals(file.getParent())) {
            throw new IOException("The name of a file of the job is not plain: " + name);
        }
        MessageDigest digest = Digest.begin();
        try (var out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            in.transferTo(out);
        }
        if (!Digest.text(digest).equals(sums.get(name))) {
            throw new IOException("The file " + file.getFileName() + " of the job did not arrive whole");
        }
        return file;
    }
}
