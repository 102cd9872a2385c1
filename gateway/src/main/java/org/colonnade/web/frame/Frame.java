package org.colonnade.web.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.colonnade.web.Column;
import org.colonnade.web.Numbers;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/** What the frame of a page shows; templates find it as {@code frame}. */
public final class Frame {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String name;
    private final boolean logo;
    private final List<Column> columns;
    private final String path;
    private final LongSupplier unfinished;

    Frame(String name, boolean logo, List<Column> columns, String path, LongSupplier unfinished) {
        this.name = name;
        this.logo = logo;
        this.columns = columns;
        this.path = path;
        this.unfinished = unfinished;
    }

    public String getName() {
        return name;
    }

    public boolean isLogo() {
        return logo;
    }

    public List<Column> getColumns() {
        return columns;
    }

    /** Whether the page shown is that page, or one below it. */
    public boolean isBelow(String page) {
        return path.equals(page) || path.startsWith(page + "/");
    }

    /** How many of the visitor's jobs have not ended. */
    public long unfinished() {
        return unfinished.getAsLong();
    }

    /** With its zone, to the minute; the browser shows it in the reader's own zone. */
    public String time(Instant instant) {
        return TIME.format(instant);
    }

    public String bytes(long size) {
        return Numbers.bytes(size);
    }

    /** What htmx sends along so that its requests are known to be meant. */
    public @Nullable String forgeryHeader(@Nullable CsrfToken token) {
        return token == null ? null : "{\"" + token.getHeaderName() + "\":\"" + token.getToken() + "\"}";
    }
}
