package org.colonnade.certification.lumisection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;

class LaneTest {

    private static final int LENGTH = 12;
    // So small that values push each other out.
    private static final Vocabulary<JsonNode> VALUES = LanesReader.vocabulary(2, value -> value);

    @Example
    void aChangeThatGoesOnAfterAnUnchangedLumisectionIsNotLost() {
        // given: false at 4 only, then false from 3 to 6
        Lane before = lane("TTTFTTTTTT");
        Lane after = lane("TTFFFFTTTT");
        // then: a change on both sides of the unchanged one
        assertThat(after.changesSince(before).spans())
                .extracting(Lane.Span::first, Lane.Span::last)
                .containsExactly(tuple(3, 3), tuple(5, 6));
    }

    @Property
    void layingTheChangesOverTheOldLaneGivesTheNewOne(
            @ForAll("patterns") String before, @ForAll("patterns") String after) {
        Lane changes = lane(after).changesSince(lane(before));
        Lane result = changes.over(lane(before));
        for (int ls = 1; ls <= LENGTH; ls++) {
            JsonNode wanted = lane(after).at(ls);
            assertThat(result.at(ls)).isEqualTo(wanted == null ? lane(before).at(ls) : wanted);
        }
    }

    @Property
    void overIsDecidedLumisectionByLumisection(@ForAll("patterns") String above, @ForAll("patterns") String below) {
        Lane result = lane(above).over(lane(below));
        for (int ls = 1; ls <= LENGTH; ls++) {
            JsonNode upper = lane(above).at(ls);
            assertThat(result.at(ls)).isEqualTo(upper == null ? lane(below).at(ls) : upper);
        }
        assertThat(result).isEqualTo(lane(text(result)));
    }

    @Property
    void rangesAreTheSetsTheyStandFor(@ForAll("patterns") String a, @ForAll("patterns") String b) {
        Ranges left = lane(a).where(v -> v.booleanValue());
        Ranges right = lane(b).where(v -> v.booleanValue());
        assertThat(bits(left.union(right))).isEqualTo(combined(left, right, (x, y) -> x.or(y)));
        assertThat(bits(left.intersect(right))).isEqualTo(combined(left, right, (x, y) -> x.and(y)));
        assertThat(bits(left.minus(right))).isEqualTo(combined(left, right, (x, y) -> x.andNot(y)));
        assertThat(left.union(right)).isEqualTo(Ranges.of(left.union(right).toPairs()));
        assertThat(left.size()).isEqualTo(bits(left).cardinality());
    }

    @Property
    void aSetOfBitsHoldsTheSameLumisections(@ForAll("patterns") String a, @ForAll("patterns") String b) {
        Ranges left = lane(a).where(v -> v.booleanValue());
        Ranges right = lane(b).where(v -> v.booleanValue());
        var set = new BitSet();
        left.addTo(set);
        right.addTo(set);
        assertThat(set).isEqualTo(bits(left.union(right)));
        assertThat(Ranges.of(set)).isEqualTo(left.union(right));
    }

    @Property
    void whatIsCoveredLiesInOneRange(@ForAll("patterns") String a) {
        Ranges ranges = lane(a).where(v -> v.booleanValue());
        for (int first = 1; first <= LENGTH; first++) {
            for (int last = first; last <= LENGTH; last++) {
                assertThat(ranges.covers(first, last))
                        .isEqualTo(Ranges.of(first, last).minus(ranges).isEmpty());
            }
        }
    }

    @Property
    void theExtentIsWhereThereIsAValue(@ForAll("patterns") String pattern) {
        Lane lane = lane(pattern);
        for (int ls = 1; ls <= LENGTH; ls++) {
            assertThat(lane.extent().contains(ls)).isEqualTo(lane.at(ls) != null);
            int span = lane.lastSpan(ls);
            assertThat(span < 0 || lane.first(span) <= ls).isTrue();
            assertThat(span + 1 == lane.count() || lane.first(span + 1) > ls).isTrue();
        }
        assertThat(lane.extent()).isEqualTo(Ranges.of(lane.extent().toPairs()));
    }

    @Property
    void lanesSurviveTheirWayThroughJson(@ForAll("patterns") String a, @ForAll("patterns") String b) {
        Lanes lanes = Lanes.of(Map.of("a-a", lane(a), "b-b", lane(b)));
        assertThat(LanesJson.read(LanesJson.write(lanes))).isEqualTo(lanes).hasSameHashCodeAs(lanes);
    }

    @Property
    void whatIsStoredIsReadAsAnyJsonIs(@ForAll("values") List<String> values) {
        var lane = new Lane.Builder();
        for (int i = 0; i < values.size(); i++) {
            lane.add(i + 1, i + 1, Values.canonical(JsonMapper.shared().readTree(values.get(i))));
        }
        Lanes lanes = Lanes.of(Map.of("a-a", lane.build(), "b \u00e9", Lane.of(2, 7, BooleanNode.TRUE)));
        byte[] text = LanesJson.write(lanes).getBytes(StandardCharsets.UTF_8);
        assertThat(new LanesReader(text, VALUES).read()).isEqualTo(lanes);
        assertThat(LanesJson.readAny(text, VALUES)).isEqualTo(lanes);
        assertThat(LanesJson.read(LanesJson.write(lanes).replace("],[", "] , [")))
                .isEqualTo(lanes);
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.of(
                        "true",
                        "false",
                        "null",
                        "0",
                        "-3",
                        "0.25",
                        "1e-7",
                        "123456789012",
                        "\"2p0E34\"",
                        "\"a \\\"quoted\\\" ] } text\"",
                        "{\"status\":\"BAD\",\"comment\":\"a \\\\ and ] }\",\"cause\":\"\"}",
                        "{\"status\":\"GOOD\",\"nested\":{\"x\":[1,2,{\"y\":null}]}}")
                .list()
                .ofMaxSize(12);
    }

    @Property
    void segmentsCoverEveryLumisectionThatHasAValueOnce(@ForAll("patterns") String a, @ForAll("patterns") String b) {
        Lanes lanes = Lanes.of(Map.of("a", lane(a), "b", lane(b)));
        var seen = new BitSet();
        for (Lanes.Segment segment : lanes.segments()) {
            for (int ls = segment.first(); ls <= segment.last(); ls++) {
                assertThat(seen.get(ls)).isFalse();
                seen.set(ls);
                assertThat(segment.values()).isEqualTo(lanes.valuesAt(ls));
            }
        }
        assertThat(seen).isEqualTo(bits(lanes.extent()));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("TF.").ofMinLength(0).ofMaxLength(LENGTH);
    }

    /** T, F or a hole for each lumisection. */
    private static Lane lane(String pattern) {
        var lane = new Lane.Builder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '.') {
                lane.add(i + 1, i + 1, BooleanNode.valueOf(pattern.charAt(i) == 'T'));
            }
        }
        return lane.build();
    }

    private static String text(Lane lane) {
        var text = new StringBuilder();
        for (int ls = 1; ls <= lane.last(); ls++) {
            @Nullable JsonNode value = lane.at(ls);
            text.append(value == null ? '.' : value.booleanValue() ? 'T' : 'F');
        }
        return text.toString();
    }

    private static BitSet bits(Ranges ranges) {
        var bits = new BitSet();
        List<int[]> pairs = ranges.toPairs();
        pairs.forEach(p -> bits.set(p[0], p[1] + 1));
        return bits;
    }

    private static BitSet combined(Ranges a, Ranges b, BiConsumer<BitSet, BitSet> operation) {
        BitSet result = bits(a);
        operation.accept(result, bits(b));
        return result;
    }
}
