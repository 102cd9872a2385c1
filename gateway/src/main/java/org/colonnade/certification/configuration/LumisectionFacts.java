package org.colonnade.certification.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a rule may ask about a lumisection. Lumisections in which everything that a rule reads is the same are one
 * stretch, and the rule is evaluated once for all of them.
 */
public final class LumisectionFacts {

    private final Facts constant;
    private final Lanes flat;
    private final Lanes bits;
    private final Lanes verdicts;
    private final boolean nested;

    private LumisectionFacts(Facts constant, Lanes flat, Lanes bits, Lanes verdicts, boolean nested) {
        this.constant = constant;
        this.flat = flat;
        this.bits = bits;
        this.verdicts = verdicts;
        this.nested = nested;
    }

    /** One flat document: attributes of the run, and over them what holds in the lumisection. */
    public static LumisectionFacts flat(ObjectNode run, Lanes bits) {
        return new LumisectionFacts(Facts.of(run), bits, Lanes.NONE, Lanes.NONE, false);
    }

    /**
     * A document in which {@code lumisection.oms} and {@code lumisection.rr} vary.
     *
     * @param constant everything else
     * @param verdicts triplets, or their statuses, as rules of that kind read them
     */
    public static LumisectionFacts nested(Facts constant, Lanes bits, Lanes verdicts) {
        return new LumisectionFacts(constant, Lanes.NONE, bits, verdicts, true);
    }

    /** @return the lane that a path goes to; null unless it is exactly one, and the path ends there */
    public @Nullable Lane lane(List<String> path) {
        if (!nested || path.size() != 3 || !path.getFirst().equals("lumisection")) {
            return null;
        }
        return switch (path.get(1)) {
            case "oms" -> bits.lane(path.get(2));
            case "rr" -> verdicts.lane(path.get(2));
            default -> null;
        };
    }

    /** Stretches of 1 to {@code length} in each of which every rule has one value. */
    public List<int[]> stretches(Collection<Rule> rules, int length) {
        Set<Lane> used = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Rule rule : rules) {
            if (rule.readsEverything()) {
                return single(length);
            }
            for (List<String> path : rule.variables()) {
                if (!collect(path, used)) {
                    return single(length);
                }
            }
        }
        return cut(used, length);
    }

    /** @return false if the path differs from one lumisection to the next */
    private boolean collect(List<String> path, Set<Lane> used) {
        if (!nested) {
            used.add(flat.lane(path.getFirst()));
            return true;
        }
        if (!path.getFirst().equals("lumisection")) {
            return true;
        }
        if (path.size() < 3) {
            return false;
        }
        switch (path.get(1)) {
            case "oms" -> used.add(bits.lane(path.get(2)));
            case "rr" -> used.add(verdicts.lane(path.get(2)));
            default -> {}
        }
        return true;
    }

    private static List<int[]> single(int length) {
        var each = new ArrayList<int[]>(length);
        for (int ls = 1; ls <= length; ls++) {
            each.add(new int[] {ls, ls});
        }
        return each;
    }

    private static List<int[]> cut(Set<Lane> lanes, int length) {
        List<int[]> cuts = lanes.size() == 1 ? cut(lanes.iterator().next()) : Lanes.stretches(lanes);
        var result = new ArrayList<int[]>(cuts.size() + 1);
        for (int[] stretch : cuts) {
            if (stretch[0] <= length) {
                result.add(new int[] {stretch[0], Math.min(stretch[1], length)});
            }
        }
        int end = result.isEmpty() ? 0 : result.getLast()[1];
        if (end < length) {
            result.add(new int[] {end + 1, length});
        }
        return result;
    }

    /** The spans of a lane and the holes between them, from 1 on. */
    private static List<int[]> cut(Lane lane) {
        var result = new ArrayList<int[]>();
        int next = 1;
        for (Lane.Span span : lane.spans()) {
            if (next < span.first()) {
                result.add(new int[] {next, span.first() - 1});
            }
            result.add(new int[] {span.first(), span.last()});
            next = span.last() + 1;
        }
        return result;
    }

    public Facts at(int lumisection) {
        return new Facts() {
            @Override
            public @Nullable JsonNode find(List<String> path) {
                if (!nested) {
                    JsonNode here = flat.lane(path.getFirst()).at(lumisection);
                    return here == null ? constant.find(path) : Facts.descend(here, path, 1);
                }
                if (path.size() >= 3 && path.getFirst().equals("lumisection")) {
                    JsonNode value = switch (path.get(1)) {
                        case "oms" -> bits.lane(path.get(2)).at(lumisection);
                        case "rr" -> verdicts.lane(path.get(2)).at(lumisection);
                        default -> null;
                    };
                    return Facts.descend(value, path, 3);
                }
                return path.getFirst().equals("lumisection") ? Facts.descend(all(), path, 0) : constant.find(path);
            }

            @Override
            public JsonNode all() {
                ObjectNode document = (ObjectNode) constant.all().deepCopy();
                if (!nested) {
                    flat.valuesAt(lumisection).forEach(document::set);
                    return document;
                }
                ObjectNode lumi = document.putObject("lumisection");
                lumi.put("lumisection_number", lumisection);
                lumi.set("oms", LanesJson.object(bits.valuesAt(lumisection)));
                lumi.set("rr", LanesJson.object(verdicts.valuesAt(lumisection)));
                return document;
            }
        };
    }
}
