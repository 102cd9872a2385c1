package org.colonnade.calculators.description;

import java.util.List;

/**
 * How rows of a CSV are computed.
 *
 * @param required columns that must be there
 * @param optional columns that may be there
 * @param computed columns that follow the input's own
 * @param example a row for the template, one cell for each required and optional column
 * @param row what computes one row; called from one thread at a time
 */
public record Batch(
        List<String> required, List<String> optional, List<String> computed, List<String> example, Row row) {

    /** Computes one row. */
    @FunctionalInterface
    public interface Row {

        /**
         * @throws org.colonnade.geochemistry.InputException when the row cannot be computed
         */
        void compute(Cells cells, Out out);
    }

    /** The cells of one row, by their position among the required, then the optional columns. */
    public interface Cells {

        /** Stripped; empty when the column is not there. */
        String text(int column);

        /** @throws org.colonnade.geochemistry.InputException when it is no finite number */
        double number(int column);

        /** NaN when the cell is empty. */
        double optional(int column);
    }

    /** Takes the computed cells in their order. */
    public interface Out {

        /** All digits; NaN becomes an empty cell. */
        void number(double value);

        void text(String text);

        /** Something a reader must know about a row that was computed. */
        void message(String message);
    }
}
