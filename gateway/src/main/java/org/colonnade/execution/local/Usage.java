package org.colonnade.execution.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a process and all its descendants use now, as Linux tells it under {@code /proc}. All zero on other systems.
 *
 * @param residentBytes memory in use; what several processes share counts once for each
 * @param cpuNanos processor time of those alive, and of their children that ended
 * @param hiddenBytes size of files that are open but have no name any more, and so stand in no folder
 */
record Usage(long residentBytes, long cpuNanos, long hiddenBytes) {

    private static final Pattern BLANK = Pattern.compile(" ");

    /** {@code /proc} counts in pages of 4 KiB (16 or 64 on some ARM kernels, then this is an underestimate). */
    private static final long PAGE = 4096;

    /** {@code /proc} counts processor time in hundredths of a second on every Linux (USER_HZ). */
    private static final long TICK_NANOS = 10_000_000;

    private static final Usage NONE = new Usage(0, 0, 0);

    static Usage of(ProcessHandle root) {
        var seen = new HashSet<Object>();
        Usage sum = one(root.pid(), seen);
        for (ProcessHandle process : root.descendants().toList()) {
            Usage next = one(process.pid(), seen);
            sum = new Usage(
                    sum.residentBytes + next.residentBytes,
                    sum.cpuNanos + next.cpuNanos,
                    sum.hiddenBytes + next.hiddenBytes);
        }
        return sum;
    }

    private static Usage one(long pid, Set<Object> seen) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return parse(Files.readString(process.resolve("stat")), hiddenBytes(process.resolve("fd"), seen));
        } catch (IOException e) {
            return NONE; // it ended meanwhile
        }
    }

    private static long hiddenBytes(Path descriptors, Set<Object> seen) {
        long sum = 0;
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (Files.readSymbolicLink(link).toString().endsWith(" (deleted)")) {
                    var file = Files.readAttributes(link, BasicFileAttributes.class);
                    if (file.isRegularFile() && seen.add(file.fileKey())) {
                        sum += file.size();
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return sum; // the process ended, or closed a file
        }
        return sum;
    }

    /** Fields as proc(5) numbers them: 14 to 17 user and system time, own and of ended children; 24 resident pages. */
    private static Usage parse(String stat, long hiddenBytes) {
        // The second field is the program's name in brackets, which may hold blanks and brackets itself.
        String[] fields = BLANK.split(stat.substring(stat.lastIndexOf(')') + 2));
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return new Usage(Long.parseLong(fields[24 - 3]) * PAGE, ticks * TICK_NANOS, hiddenBytes);
    }
}
