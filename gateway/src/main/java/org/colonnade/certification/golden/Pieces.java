package org.colonnade.certification.golden;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A long JSON object in pieces, most of which it shares with others; joined only when somebody wants it whole. */
final class Pieces {

    private final List<String> pieces = new ArrayList<>();
    private boolean empty = true;

    /** An object with these members; some of the texts may be empty. */
    static Pieces object(List<String> members) {
        return new Pieces().open().members(members).close();
    }

    Pieces open() {
        pieces.add("{");
        return this;
    }

    Pieces close() {
        pieces.add("}");
        return this;
    }

    private Pieces members(List<String> members) {
        boolean first = true;
        for (String some : members) {
            if (!some.isEmpty()) {
                if (!first) {
                    pieces.add(",");
                }
                pieces.add(some);
                first = false;
            }
        }
        return this;
    }

    /** @param key quoted, as everywhere here */
    Pieces add(String key, Pieces value) {
        key(key);
        pieces.addAll(value.pieces);
        return this;
    }

    /** @param value JSON */
    Pieces add(String key, String value) {
        key(key);
        pieces.add(value);
        return this;
    }

    Pieces add(String key, double value) {
        return add(key, Members.number(value));
    }

    private void key(String key) {
        if (!empty) {
            pieces.add(",");
        }
        empty = false;
        pieces.add(key);
        pieces.add(":");
    }

    /** SHA-256 of the bytes, in hexadecimal digits. */
    String digest() {
        return digest(pieces);
    }

    /** SHA-256 of the bytes of texts one after the other, in hexadecimal digits. */
    static String digest(List<String> pieces) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            pieces.forEach(piece -> digest.update(piece.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return String.join("", pieces);
    }
}
