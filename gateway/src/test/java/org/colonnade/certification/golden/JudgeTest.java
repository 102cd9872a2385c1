package org.colonnade.certification.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Ranges by arithmetic are those that one gets by asking in each lumisection. */
class JudgeTest {

    private static final int LENGTH = 14;
    private static final List<String> LEAVES = List.of(
            "{\"==\":[{\"var\":\"lumisection.rr.a-a\"},\"GOOD\"]}",
            "{\"in\":[{\"var\":\"lumisection.rr.b-b\"},[\"GOOD\",\"STANDBY\"]]}",
            "{\"==\":[{\"var\":\"lumisection.oms.x\"},true]}",
            "{\"var\":\"lumisection.oms.n\"}",
            "{\"!\":{\"var\":\"lumisection.oms.x\"}}",
            "{\">=\":[{\"var\":\"run.oms.energy\"},6000]}",
            "{\"<\":[{\"var\":\"run.oms.energy\"},6000]}",
            "{\">\":[{\"var\":\"lumisection.lumisection_number\"},5]}",
            "{\"missing\":[\"lumisection.oms.n\"]}",
            "{\"==\":[{\"var\":\"lumisection.rr.a-a\"},{\"var\":\"lumisection.rr.b-b\"}]}");

    @Property
    void everyLumisectionIsJudgedAsIfItWereAskedByItself(
            @ForAll("verdicts") String a,
            @ForAll("verdicts") String b,
            @ForAll("bits") String x,
            @ForAll("numbers") String n,
            @ForAll("rules") String json) {
        var sample = sample(a, b, x, n);
        Rule rule = Rule.parse(json);
        var hearing = new Judge(rule).hearing();
        // Of another dataset nothing is left.
        hearing.judge(sample(b, a, n.replace('0', 'F'), x.replace('T', '1').replaceAll("[FN]", "0")));
        Evaluated judged = hearing.judge(sample);
        for (int ls = 1; ls <= LENGTH; ls++) {
            int here = ls;
            Facts facts = sample.facts().at(ls);
            boolean counts = sample.domain().contains(ls);
            assertThat(judged.good().contains(ls)).as("good %d", ls).isEqualTo(counts && rule.holds(facts));
            assertThat(judged.bad().contains(ls)).as("bad %d", ls).isEqualTo(counts && !rule.holds(facts));
            List<List<String>> blamed = judged.losses().entrySet().stream()
                    .filter(loss -> loss.getValue().contains(here))
                    .map(loss -> loss.getKey().leaves())
                    .toList();
            if (counts && !rule.holds(facts)) {
                assertThat(blamed)
                        .containsExactly(rule.falseLeaves(facts).stream()
                                .map(Rule.Leaf::text)
                                .toList());
            } else {
                assertThat(blamed).isEmpty();
            }
        }
    }

    private static Sample sample(String a, String b, String x, String n) {
        var verdicts = Lanes.of(Map.of("a-a", lane(a, JudgeTest::verdict), "b-b", lane(b, JudgeTest::verdict)));
        var bits = Lanes.of(Map.of("x", lane(x, JudgeTest::bit), "n", lane(n, JudgeTest::number)));
        var key = DatasetKey.online(400001);
        var nothing = JsonNodeFactory.instance.objectNode();
        return new Sample(
                new Dataset(key, nothing, List.of(), verdicts, bits, 1, false),
                new Run(400001, JsonNodeFactory.instance.objectNode().put("energy", 6800), nothing, 1, false),
                1);
    }

    private static Lane lane(String pattern, IntFunction<@Nullable JsonNode> value) {
        var lane = new Lane.Builder();
        for (int i = 0; i < pattern.length(); i++) {
            JsonNode here = value.apply(pattern.charAt(i));
            if (here != null) {
                lane.add(i + 1, i + 1, here);
            }
        }
        return lane.build();
    }

    private static @Nullable JsonNode verdict(int letter) {
        return switch (letter) {
            case 'G' -> JsonNodeFactory.instance.objectNode().put("status", "GOOD");
            case 'B' -> JsonNodeFactory.instance.objectNode().put("status", "BAD");
            case 'S' -> JsonNodeFactory.instance.objectNode().put("status", "STANDBY");
            default -> null;
        };
    }

    private static @Nullable JsonNode bit(int letter) {
        return switch (letter) {
            case 'T' -> JsonNodeFactory.instance.booleanNode(true);
            case 'F' -> JsonNodeFactory.instance.booleanNode(false);
            case 'N' -> JsonNodeFactory.instance.nullNode();
            default -> null;
        };
    }

    private static @Nullable JsonNode number(int letter) {
        return letter == '.' ? null : JsonNodeFactory.instance.numberNode(letter - '0');
    }

    @Provide
    Arbitrary<String> verdicts() {
        return Arbitraries.strings().withChars("GBS.").ofMaxLength(LENGTH);
    }

    @Provide
    Arbitrary<String> bits() {
        return Arbitraries.strings().withChars("TFN.").ofMaxLength(LENGTH);
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.strings().withChars("012.").ofMaxLength(LENGTH);
    }

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.lazyOf(() -> Arbitraries.of(LEAVES), () -> Arbitraries.of(LEAVES), this::several);
    }

    private Arbitrary<String> several() {
        return Arbitraries.of("and", "or")
                .flatMap(word -> rules().list()
                        .ofMinSize(0)
                        .ofMaxSize(3)
                        .map(parts -> "{\"" + word + "\":[" + String.join(",", parts) + "]}"));
    }
}
