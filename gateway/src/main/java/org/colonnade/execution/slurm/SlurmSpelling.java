package org.colonnade.execution.slurm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Slurm spells times and sizes (manuals of sbatch and sacct). What is spelled otherwise is nothing, never a guess. */
final class SlurmSpelling {

    /** A bare number where a job asks for memory. */
    static final long MEGABYTE = 1 << 20;

    private static final Pattern TIME = Pattern.compile(
            "(?:(?<days>\\d{1,6})-)?(?<first>\\d{1,8})(?::(?<second>\\d{1,8}))?(?::(?<third>\\d{1,8}))?(?:\\.(?<fraction>\\d{1,9}))?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMGTP]?)B?");

    private SlurmSpelling() {}

    /**
     * Minutes; minutes:seconds; hours:minutes:seconds; days-hours, perhaps with :minutes and :seconds behind. Seconds may have a
     * fraction.
     *
     * @return empty for anything else, as for {@code infinite}
     */
    static Optional<Duration> time(String text) {
        Matcher found = TIME.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        List<Long> parts = new ArrayList<>();
        for (String name : List.of("first", "second", "third")) {
            if (found.group(name) != null) {
                parts.add(Long.parseLong(found.group(name)));
            }
        }
        String days = found.group("days");
        if (days == null && parts.size() < 3) {
            parts.addFirst(0L);
        }
        while (parts.size() < 3) {
            parts.add(0L);
        }
        String fraction = found.group("fraction");
        return Optional.of(Duration.ofDays(days == null ? 0 : Long.parseLong(days))
                .plusHours(parts.get(0))
                .plusMinutes(parts.get(1))
                .plusSeconds(parts.get(2))
                .plusMillis(fraction == null ? 0 : Math.round(Double.parseDouble("0." + fraction) * 1000)));
    }

    /**
     * A number with K, M, G, T or P, in either case and perhaps with a B behind.
     *
     * @param bare how many bytes a number without a letter counts: a {@link #MEGABYTE} where jobs ask, 1 where sacct measured
     */
    static OptionalLong bytes(String text, long bare) {
        Matcher found = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!found.matches()) {
            return OptionalLong.empty();
        }
        String letter = found.group(2);
        double unit = letter.isEmpty() ? bare : Math.pow(1024, " KMGTP".indexOf(letter));
        return OptionalLong.of((long) (Double.parseDouble(found.group(1)) * unit));
    }
}
