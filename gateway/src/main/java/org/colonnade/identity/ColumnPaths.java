package org.colonnade.identity;

import java.util.List;

/**
 * Further paths of a column, such as its front doors, beside {@code /<key>} and {@code /api/v1/<key>}: the operator's
 * choice of who sees the column holds for them too.
 *
 * @param key the column's, e.g. {@code calculators}
 * @param prefixes each begins with a slash and ends without one
 */
public record ColumnPaths(String key, List<String> prefixes) {

    public ColumnPaths {
        prefixes = List.copyOf(prefixes);
    }
}
