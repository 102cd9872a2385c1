package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.certification.classifier.DryRun;
import org.colonnade.certification.classifier.Playground;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Tries what was typed as a rule, without writing anything. */
@Component
class RuleChecks {

    private final Playground playground;
    private final DryRun dryRun;

    RuleChecks(Playground playground, DryRun dryRun) {
        this.playground = playground;
        this.dryRun = dryRun;
    }

    /** A part of a rule with its value, and how deep it lies in the rule. */
    record Part(int depth, String words, boolean holds) {}

    /**
     * @param reads what the rule asks about
     * @param where the lumisections in which it holds; null without a run
     * @param parts the rule's parts in one lumisection of the run; none without a run
     */
    record Check(
            boolean good,
            String sentence,
            List<String> reads,
            @Nullable String where,
            List<Part> parts) {

        static Check bad(String sentence) {
            return new Check(false, sentence, List.of(), null, List.of());
        }
    }

    Check check(RuleKind kind, TypedRule typed) {
        try {
            JsonNode logic = typed.logic();
            Rule rule = Rule.compile(logic);
            List<String> reads = rule.variables().stream()
                    .map(path -> String.join(".", path))
                    .sorted()
                    .toList();
            if (typed.run().isEmpty()) {
                return new Check(
                        true, "The rule can be used. Name a run to see what it makes of it.", reads, null, List.of());
            }
            DatasetKey key = DatasetKey.online(number(typed.run()));
            Playground.Kind facts = kind.facts(typed.area());
            Playground.Tested tested = playground.test(rule, facts, key);
            int lumisection = typed.lumisection().isEmpty() ? 1 : number(typed.lumisection());
            JsonNode document = playground.document(facts, key, lumisection);
            var parts = new ArrayList<Part>();
            Playground.explain(logic, document).forEach(part -> collect(part, 0, parts));
            return new Check(true, sentence(facts, tested, key.run(), lumisection), reads, where(tested), parts);
        } catch (RuleException e) {
            return Check.bad(String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            return Check.bad(e.detail());
        }
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "Runs and lumisections are whole numbers");
        }
        return Integer.parseInt(text);
    }

    private static String where(Playground.Tested tested) {
        return tested.ranges().isEmpty() ? "nowhere" : RangeText.write(tested.ranges());
    }

    private static String sentence(Playground.Kind facts, Playground.Tested tested, int run, int lumisection) {
        if (facts == Playground.Kind.RUN) {
            return "On run " + run + " the rule " + (tested.ranges().isEmpty() ? "does not hold." : "holds.");
        }
        Ranges holds = tested.ranges();
        return "On run " + run + " the rule holds in " + holds.size() + " of " + tested.lumisections()
                + " lumisections; below, its parts in lumisection " + lumisection + ".";
    }

    /** A part stands beside its value; within {@code and} and {@code or} each of theirs likewise. */
    private static void collect(JsonNode pair, int depth, List<Part> into) {
        JsonNode part = pair.path(0);
        boolean holds = pair.path(1).path("resulted_value").asBoolean(false);
        for (String word : List.of("and", "or")) {
            if (part.path(word).isArray()) {
                into.add(new Part(depth, word.equals("and") ? "all of" : "any of", holds));
                part.path(word).forEach(child -> collect(child, depth + 1, into));
                return;
            }
        }
        into.add(new Part(depth, Losses.words(part), holds));
    }

    /** What the rules as a whole say about one run. */
    record Tested(int run, String runClass, boolean significant, List<RunView.Stretch> stretches) {}

    Tested test(TypedRule typed, RuleBook rules) {
        if (!typed.run().matches("\\d{1,9}")) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "Name a run by its number to test the rule on it");
        }
        int run = Integer.parseInt(typed.run());
        DryRun.Said said = dryRun.judge(run, rules)
                .orElseThrow(() -> ProblemException.of(ProblemType.UNPROCESSABLE, "There is no run " + run));
        boolean offline = typed.area().equals(Configuration.OFFLINE);
        return new Tested(
                run,
                said.rr().path("class").asString(""),
                said.rr().path("significant").asBoolean(false),
                RunView.stretches((offline ? said.offline() : said.online()).lane(typed.subject())));
    }
}
