package org.colonnade.calculators.phreeqc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which lines two texts share, and which only one of them has: the longest common subsequence. */
public final class LineDifference {

    /** Beyond this many pairs of lines the middle counts as changed throughout. */
    private static final long MOST_PAIRS = 4_000_000;

    /** Where a line stands. */
    public enum Side {
        BOTH,
        FIRST,
        SECOND
    }

    public record Line(Side side, String text) {}

    private LineDifference() {}

    /** In the order of the texts; where they differ, the first one's lines come first. */
    public static List<Line> of(String first, String second) {
        List<String> a = first.lines().map(String::stripTrailing).toList();
        List<String> b = second.lines().map(String::stripTrailing).toList();
        int head = 0;
        while (head < Math.min(a.size(), b.size()) && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.size(), b.size()) - head
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, head).forEach(text -> lines.add(new Line(Side.BOTH, text)));
        addMiddle(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail), lines);
        a.subList(a.size() - tail, a.size()).forEach(text -> lines.add(new Line(Side.BOTH, text)));
        return lines;
    }

    private static void addMiddle(List<String> a, List<String> b, List<Line> lines) {
        int[][] common = (long) a.size() * b.size() > MOST_PAIRS ? null : common(a, b);
        int i = 0;
        int j = 0;
        while (common != null && i < a.size() && j < b.size()) {
            if (a.get(i).equals(b.get(j))) {
                lines.add(new Line(Side.BOTH, a.get(i++)));
                j++;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line(Side.FIRST, a.get(i++)));
            } else {
                lines.add(new Line(Side.SECOND, b.get(j++)));
            }
        }
        a.subList(i, a.size()).forEach(text -> lines.add(new Line(Side.FIRST, text)));
        b.subList(j, b.size()).forEach(text -> lines.add(new Line(Side.SECOND, text)));
    }

    /** How many lines the rests from each pair of places on have in common. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = IntStream.rangeClosed(0, a.size())
                .mapToObj(row -> new int[b.size() + 1])
                .toArray(int[][]::new);
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
