package org.colonnade.storage;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Which bytes a request asks for (RFC 9110, sections 13.1.5 and 14). */
sealed interface ByteRange {

    /** Eighteen digits fit into a long; no file is larger. */
    Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /** Everything: no range, one that we do not understand, or one of another version. */
    record Whole() implements ByteRange {}

    /** From {@code from} up to, but without, {@code to}. */
    record Part(long from, long to) implements ByteRange {}

    /** Begins behind the end. */
    record Unsatisfiable() implements ByteRange {}

    static ByteRange requested(HttpServletRequest request, String quotedEtag, Download download) {
        String range = request.getHeader(HttpHeaders.RANGE);
        if (range == null
                || !request.getMethod().equals("GET")
                || !isRangeOfThisVersion(request, quotedEtag, download.lastModified())) {
            return new Whole();
        }
        return parse(range, download.size());
    }

    static ByteRange parse(String range, long size) {
        Matcher match = SINGLE.matcher(range);
        if (!match.matches()) {
            return new Whole();
        }
        String first = match.group(1);
        String last = match.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), size);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size : Math.min(Long.parseLong(last) + 1, size);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, to);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0 ? new Unsatisfiable() : new Part(Math.max(0, size - length), size);
    }

    /** What {@code If-Match} says; Spring looks at it only where something is changed. */
    static boolean isForThisVersion(HttpServletRequest request, String quotedEtag) {
        String condition = request.getHeader(HttpHeaders.IF_MATCH);
        return condition == null
                || condition.strip().equals("*")
                || Pattern.compile("\\s*,\\s*").splitAsStream(condition.strip()).anyMatch(quotedEtag::equals);
    }

    /** A weak tag never matches; a date matches only exactly. */
    private static boolean isRangeOfThisVersion(HttpServletRequest request, String quotedEtag, Instant lastModified) {
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (condition == null || condition.equals(quotedEtag)) {
            return true;
        }
        if (condition.startsWith("\"") || condition.startsWith("W/")) {
            return false;
        }
        try {
            return request.getDateHeader(HttpHeaders.IF_RANGE)
                    == lastModified.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
