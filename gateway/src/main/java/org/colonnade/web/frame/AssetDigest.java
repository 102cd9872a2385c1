package org.colonnade.web.frame;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Twelve hexadecimal digits that change when any style or script of ours changes. */
final class AssetDigest {

    private AssetDigest() {}

    static String compute() throws IOException {
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:/assets/**/*.*");
        Arrays.sort(files, Comparator.comparing(Resource::getDescription));
        MessageDigest digest = sha256();
        for (Resource file : files) {
            try (InputStream content = file.getInputStream()) {
                digest.update(content.readAllBytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
