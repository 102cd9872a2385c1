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
 * changes; where the whole holds follows by arithmetic of sets.
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

    /** A part of the rule; each has a place of its own. */
    private sealed interface Node {

        int place();

        List<Node> parts();
    }

    private record All(int place, List<Node> parts) implements Node {}

    private record Any(int place, List<Node> parts) implements Node {}

    private record Leaf(int place, String text, Question question) implements Node {

        @Override
        public List<Node> parts() {
            return List.of();
        }
    }

    private final Node root;
    private final List<Leaf> leaves = new ArrayList<>();
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
                var leaf = new Leaf(place, one.text(), new Question(one.rule()));
                leaves.add(leaf);
                yield leaf;
            }
        };
    }

    Evaluated judge(Sample sample) {
        return hearing().judge(sample);
    }

    Hearing hearing() {
        return new Hearing();
    }

    /** Takes one dataset after the other, by one thread, and writes on the same sets of lumisections again. */
    final class Hearing {

        private final BitSet[] holds = sets(nodes);
        /** Where a part is true and nothing else that counts as true; of other nodes the same as where they hold. */
        private final BitSet[] exactly = holds.clone();

        private final BitSet[] failed = sets(nodes);
        private final BitSet bad = new BitSet();
        private final BitSet failing = new BitSet();

        private Hearing() {
            for (Leaf leaf : leaves) {
                exactly[leaf.place()] = new BitSet();
            }
        }

        Evaluated judge(Sample sample) {
            ask(root, sample);
            BitSet good = holds[root.place()];
            bad.clear();
            sample.domain().addTo(bad);
            bad.andNot(good);
            if (bad.isEmpty()) {
                return new Evaluated(sample, sample.domain(), Ranges.NONE, Map.of());
            }
            Ranges outside = Ranges.of(bad);
            return new Evaluated(sample, sample.domain().minus(outside), outside, losses());
        }

        private void ask(Node node, Sample sample) {
            BitSet here = holds[node.place()];
            here.clear();
            switch (node) {
                case All all -> {
                    if (!all.parts().isEmpty()) {
                        here.set(1, sample.length() + 1);
                    }
                    for (Node part : all.parts()) {
                        ask(part, sample);
                        here.and(holds[part.place()]);
                    }
                }
                case Any any -> {
                    for (Node part : any.parts()) {
                        ask(part, sample);
                        here.or(holds[part.place()]);
                    }
                }
                case Leaf leaf -> {
                    BitSet precisely = exactly[leaf.place()];
                    precisely.clear();
                    leaf.question().ask(sample, (first, last, truth) -> {
                        if (truth != Rule.Truth.FALSY) {
                            here.set(first, last + 1);
                        }
                        if (truth == Rule.Truth.TRUE) {
                            precisely.set(first, last + 1);
                        }
                    });
                }
            }
        }

        /** Each lumisection is lost by the parts that failed there, all of them together. */
        private Map<Combination, Ranges> losses() {
            for (BitSet each : failed) {
                each.clear();
            }
            fail(root, bad);
            var losses = new LinkedHashMap<Combination, Ranges.Builder>();
            int first = bad.nextSetBit(0);
            while (first > 0) {
                int end = bad.nextClearBit(first);
                for (int i = 0; i < leaves.size(); i++) {
                    BitSet lumisections = failed[leaves.get(i).place()];
                    boolean here = lumisections.get(first);
                    failing.set(i, here);
                    int change = here ? lumisections.nextClearBit(first) : lumisections.nextSetBit(first);
                    end = change > 0 ? Math.min(end, change) : end;
                }
                losses.computeIfAbsent(combination(), key -> new Ranges.Builder())
                        .add(first, end - 1);
                first = bad.nextSetBit(end);
            }
            var result = new LinkedHashMap<Combination, Ranges>();
            losses.forEach((combination, ranges) -> result.put(combination, ranges.build()));
            return result;
        }

        /** @param within where everything around the part is false, and so it matters */
        private void fail(Node node, BitSet within) {
            BitSet here = failed[node.place()];
            here.or(within);
            here.andNot(exactly[node.place()]);
            if (!here.isEmpty()) {
                for (Node part : node.parts()) {
                    fail(part, here);
                }
            }
        }

        private Combination combination() {
            Combination known = combinations.get(failing);
            return known != null
                    ? known
                    : combinations.computeIfAbsent(
                            (BitSet) failing.clone(),
                            set -> byLeaves.computeIfAbsent(
                                    set.stream()
                                            .mapToObj(i -> leaves.get(i).text())
                                            .toList(),
                                    Combination::new));
        }
    }

    private static BitSet[] sets(int count) {
        var sets = new BitSet[count];
        Arrays.setAll(sets, i -> new BitSet());
        return sets;
    }
}
