package org.colonnade.web;

import java.util.List;

/** A column's part of the administrators' status page, e.g. its engines. A bean of this type is enough. */
public interface StatusSource {

    /** One thing that is well or not. @param value in words, e.g. a version, or what to do */
    record Line(String name, boolean good, String value) {}

    String title();

    /** Read when somebody looks; must be quick. */
    List<Line> lines();
}
