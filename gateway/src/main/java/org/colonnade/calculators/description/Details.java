package org.colonnade.calculators.description;

import java.util.List;

/** A table beside a result, e.g. the parameters with their sources. */
public record Details(String title, List<String> columns, List<List<String>> rows) {}
