package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Part;
import org.colonnade.certification.rule.Rule;

/**
 * Asks a rule about datasets. Each part of the rule is asked once for every stretch over which nothing that it reads
 * changes; where the whole holds follows by arithmetic of ranges.
 */
final class Judge {

    /** The parts of a rule that failed together, in the rule's order. A judge has one of each. */
    static final class Combination {

        private final List<String> leaves;
        private final String text;
        private final String quoted;

        Combination(List<String> leaves) {
            this.leaves = leaves;
            this.text = "[" + String.join(",", leaves) + "]";
            this.quoted = Members.quoted(text);
        }

        List<String> leaves() {
            return leaves;
        }

        /** As a list in JSON. */
        String text() {
            return text;
        }

        /** That list as a text in JSON. */
        String quoted() {
            return quoted;
        }
    }

    /** A part of the rule; {@code place} is its own among all, and {@code leaf} its own among those that are asked. */
    private sealed interface Node {

        int place();
    }

    private record All(int place, List<Node> parts) implements Node {}

    private record Any(int place, List<Node> parts) implements Node {}

    private record Leaf(int place, int leaf, Question question) implements Node {}

    private final Node root;
    private final List<String> leaves = new ArrayList<>();
    private final Map<BitSet, Combination> combinations = new ConcurrentHashMap<>();
    private final Map<List<String>, Combination> byLeaves = new ConcurrentHashMap<>();
    private int nodes;

    Judge(Rule rule) {
        root = node(rule.part());
    }

    private Node node(Part part) {
        int place = nodes++;
        return switch (part) {
            case Part.All all ->
                new All(place, all.parts().stream().map(this::node).toList());
            case Part.Any any ->
                new Any(place, any.parts().stream().map(this::node).toList());
            case Part.One one -> {
                leaves.add(one.text());
                yield new Leaf(place, leaves.size() - 1, new Question(one.rule()));
            }
        };
    }

    Evaluated judge(Sample sample) {
        var asked = new Asked(sample);
        Ranges holds = asked.holds(root);
        Ranges good = holds.intersect(sample.domain());
        Ranges bad = sample.domain().minus(holds);
        return new Evaluated(sample, good, bad.isEmpty() ? Map.of() : asked.losses(bad));
    }

    /** What came of asking about one dataset. */
    private final class Asked {

        private final Sample sample;
        private final Ranges[] holds = new Ranges[nodes];
        private final Ranges[] exactly = new Ranges[leaves.size()];
        private final Ranges[] failed = new Ranges[leaves.size()];
        private final Ranges.Builder truthy = new Ranges.Builder();
        private final Ranges.Builder merely = new Ranges.Builder();

        Asked(Sample sample) {
            this.sample = sample;
            Arrays.fill(exactly, Ranges.NONE);
            Arrays.fill(failed, Ranges.NONE);
        }

        Ranges holds(Node node) {
            Ranges result = switch (node) {
                case All all -> {
                    Ranges everywhere = all.parts().isEmpty() ? Ranges.NONE : sample.all();
                    for (Node part : all.parts()) {
                        everywhere = everywhere.intersect(holds(part));
                    }
                    yield everywhere;
                }
                case Any any -> {
                    Ranges anywhere = Ranges.NONE;
                    for (Node part : any.parts()) {
                        anywhere = anywhere.union(holds(part));
                    }
                    yield anywhere;
                }
                case Leaf leaf -> ask(leaf);
            };
            holds[node.place()] = result;
            return result;
        }

        private Ranges ask(Leaf leaf) {
            leaf.question().ask(sample, (first, last, truth) -> {
                if (truth != Rule.Truth.FALSY) {
                    truthy.add(first, last);
                }
                if (truth == Rule.Truth.TRUTHY) {
                    merely.add(first, last);
                }
            });
            Ranges holding = truthy.build();
            exactly[leaf.leaf()] = holding.minus(merely.build());
            return holding;
        }

        /** Each lumisection is lost by the parts that failed there, all of them together. */
        Map<Combination, Ranges> losses(Ranges bad) {
            fail(root, bad);
            BitSet bounds = bounds(bad);
            var outside = new Walk(bad);
            Walk[] walks = Arrays.stream(failed).map(Walk::new).toArray(Walk[]::new);
            var losses = new LinkedHashMap<Combination, Ranges.Builder>();
            int first = bounds.nextSetBit(0);
            for (int next = bounds.nextSetBit(first + 1); next > 0; next = bounds.nextSetBit(next + 1)) {
                if (outside.reaches(first)) {
                    losses.computeIfAbsent(combinationAt(first, walks), key -> new Ranges.Builder())
                            .add(first, next - 1);
                }
                first = next;
            }
            var result = new LinkedHashMap<Combination, Ranges>();
            losses.forEach((combination, ranges) -> result.put(combination, ranges.build()));
            return result;
        }

        /** @param within where everything around the part is false, and so it matters */
        private void fail(Node node, Ranges within) {
            switch (node) {
                case All all -> fail(all.parts(), within.minus(holds[all.place()]));
                case Any any -> fail(any.parts(), within.minus(holds[any.place()]));
                case Leaf leaf -> failed[leaf.leaf()] = within.minus(exactly[leaf.leaf()]);
            }
        }

        private void fail(List<Node> parts, Ranges within) {
            if (!within.isEmpty()) {
                parts.forEach(part -> fail(part, within));
            }
        }

        /** The first lumisections of stretches over which the same parts fail, and the one after the last. */
        private BitSet bounds(Ranges bad) {
            var bounds = new BitSet(sample.length() + 2);
            mark(bad, bounds);
            for (Ranges ranges : failed) {
                mark(ranges, bounds);
            }
            return bounds;
        }

        private void mark(Ranges ranges, BitSet bounds) {
            for (int i = 0; i < ranges.count(); i++) {
                bounds.set(ranges.first(i));
                bounds.set(ranges.last(i) + 1);
            }
        }

        private Combination combinationAt(int lumisection, Walk[] walks) {
            var which = new BitSet(walks.length);
            for (int i = 0; i < walks.length; i++) {
                if (walks[i].reaches(lumisection)) {
                    which.set(i);
                }
            }
            Combination known = combinations.get(which);
            return known != null
                    ? known
                    : combinations.computeIfAbsent(
                            which,
                            set -> byLeaves.computeIfAbsent(
                                    set.stream().mapToObj(leaves::get).toList(), Combination::new));
        }
    }

    /** Goes through ranges by rising lumisections. */
    private static final class Walk {

        private final Ranges ranges;
        private int at;

        Walk(Ranges ranges) {
            this.ranges = ranges;
        }

        /** @param lumisection none before the one that was asked last */
        boolean reaches(int lumisection) {
            while (at < ranges.count() && ranges.last(at) < lumisection) {
                at++;
            }
            return at < ranges.count() && ranges.first(at) <= lumisection;
        }
    }
}
