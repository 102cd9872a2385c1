package org.colonnade.execution.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The operator's keys, the current one first. */
final class OperatorKeys {

    private static final int BYTES = 32;

    private final Map<String, byte[]> byId = new LinkedHashMap<>();

    /** @throws IllegalStateException if something else than keys was given; the message never quotes it */
    OperatorKeys(SecretProperties properties) {
        String given = properties.key();
        String text = given == null || given.isBlank() ? read(properties.keyFile()) : given;
        for (String word : text.strip().split("\\s+")) {
            byte[] key = decode(word);
            byId.put(id(key), key);
        }
    }

    private static byte[] decode(String word) {
        try {
            byte[] key = Base64.getDecoder().decode(word);
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without quoting it.
        }
        throw new IllegalStateException(
                "colonnade.execution.secrets: a key is 32 bytes in Base64, as `openssl rand -base64 32` prints them");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : create(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " cannot be read or made", e);
        }
    }

    /** Readable for the gateway's own user alone, from the first moment on. */
    private static String create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        String text = Base64.getEncoder().encodeToString(key) + "\n";
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException another) {
            return Files.readString(file);
        }
        Files.writeString(file, text);
        return text;
    }

    /** Tells keys apart and tells nothing about them. */
    private static String id(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String current() {
        return byId.keySet().iterator().next();
    }

    Optional<byte[]> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
