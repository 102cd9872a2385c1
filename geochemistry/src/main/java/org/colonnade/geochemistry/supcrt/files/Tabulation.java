package org.colonnade.geochemistry.supcrt.files;

import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Range;

/** What a .con file asks for. */
public sealed interface Tabulation {

    /** Properties at every state of a grid. */
    record Table(Grid grid) implements Tabulation {}

    /**
     * The temperature on isobars, or the pressure on isotherms, of each log K.
     *
     * @param axes {@link Grid.Axes#ISOBARS} or {@link Grid.Axes#ISOTHERMS}
     * @param isopleths pressures (bar) or temperatures (°C)
     * @param logK targets
     * @param from lower bound of the search
     * @param to upper bound
     */
    record Univariant(Grid.Axes axes, Range isopleths, Range logK, double from, double to) implements Tabulation {}
}
