package org.colonnade.certification.listing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A column that lists can be filtered and sorted by. */
sealed interface Field {

    /** A column of a table. */
    record Number(String column) implements Field {}

    record Text(String column) implements Field {}

    /** A value inside of a JSON column; {@code text} is an indexed column with the same value, if there is one. */
    record Json(String value, @Nullable String text) implements Field {}

    /** A JSON list of texts. */
    record Names(String column) implements Field {}

    /** When the dataset was made, or the run's own, as texts of time stand in JSON. */
    String CREATED = "to_char(d.created at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

    Pattern KEY = Pattern.compile("[\\p{Alnum}_ -]{1,100}");

    /** What the list is of. */
    enum Kind {
        RUNS,
        DATASETS
    }

    /** @throws FilterException if there is no such column */
    static Field of(String path, Kind kind, Sql sql) {
        switch (path) {
            case "run_number":
                return new Number(kind == Kind.RUNS ? "r.run_number" : "d.run_number");
            case "rr_attributes.class":
                return new Json("(r.rr -> 'class')", "r.class");
            case "rr_attributes.state":
                return new Json("(r.rr -> 'state')", "r.state");
            case "oms_attributes.last_update":
                return new Json("(r.oms -> 'last_update')", "r.last_update");
            case "created":
                return new Text(CREATED);
            default:
                break;
        }
        if (kind == Kind.DATASETS && path.equals("name")) {
            return new Text("d.name");
        }
        if (kind == Kind.DATASETS && path.equals("datasets_in_gui")) {
            return new Names("d.in_gui");
        }
        int dot = path.indexOf('.');
        String family = dot < 0 ? path : path.substring(0, dot);
        String key = dot < 0 ? "" : path.substring(dot + 1);
        return switch (family) {
            case "rr_attributes" -> new Json("(r.rr -> " + key(path, key, sql) + ")", null);
            case "oms_attributes" -> new Json("(r.oms -> " + key(path, key, sql) + ")", null);
            case "dataset_attributes" -> {
                if (kind == Kind.RUNS) {
                    throw unknown(path);
                }
                yield new Json("(d.attributes -> " + key(path, key, sql) + ")", null);
            }
            case "triplet_summary" -> {
                int last = key.lastIndexOf('.');
                if (last < 0) {
                    throw unknown(path);
                }
                yield new Json(
                        "(d.triplet_summary -> " + key(path, key.substring(0, last), sql) + " -> "
                                + key(path, key.substring(last + 1), sql) + ")",
                        null);
            }
            default -> throw unknown(path);
        };
    }

    private static String key(String path, String key, Sql sql) {
        if (!KEY.matcher(key).matches()) {
            throw unknown(path);
        }
        return sql.bind(key) + "::text";
    }

    private static FilterException unknown(String path) {
        return new FilterException("There is no column \"" + shortened(path) + "\" to filter or sort by");
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
