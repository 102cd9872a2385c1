package org.colonnade.geochemistry.supcrt.diagram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.colonnade.geochemistry.supcrt.Composition;
import org.colonnade.geochemistry.supcrt.Species;
import org.jspecify.annotations.Nullable;

/**
 * The species with which formation reactions are balanced: one for each element other than the one drawn, one for charge.
 */
final class Basis {

    private static final double ZERO = 1e-9;

    private final List<Part> parts;
    private final List<String> rows;
    private final double[][] matrix;

    /**
     * A basis species.
     *
     * @param gibbs J/mol at the conditions
     * @param activity log10 of its activity over the diagram; null if nobody gave one
     */
    record Part(Species species, double gibbs, @Nullable Plane activity) {}

    /** A linear function c + x X + y Y of the axes. */
    record Plane(double constant, double x, double y) {
        Plane plus(double factor, Plane other) {
            return new Plane(constant + factor * other.constant, x + factor * other.x, y + factor * other.y);
        }
    }

    Basis(List<Part> parts) {
        this.parts = List.copyOf(parts);
        var elements = new TreeSet<String>();
        parts.forEach(p -> elements.addAll(p.species().composition().elements().keySet()));
        rows = new ArrayList<>(elements);
        matrix = new double[rows.size() + 1][parts.size()];
        for (int j = 0; j < parts.size(); j++) {
            var column = vector(parts.get(j).species().composition());
            for (int i = 0; i < column.length; i++) {
                matrix[i][j] = column[i];
            }
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** True if every element but the one given is in the basis. */
    boolean holds(Composition composition, String but) {
        return composition.elements().keySet().stream().allMatch(e -> e.equals(but) || rows.contains(e));
    }

    private double[] vector(Composition composition) {
        var vector = new double[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            vector[i] = composition.elements().getOrDefault(rows.get(i), 0.0);
        }
        vector[rows.size()] = composition.charge();
        return vector;
    }

    /**
     * Moles of the basis species that turn 1/n of the one composition into 1/m of the other, so that one atom of the element
     * drawn is kept; empty if they cannot.
     */
    Optional<double[]> difference(Composition from, double n, Composition to, double m) {
        var right = vector(to);
        var left = vector(from);
        for (int i = 0; i < right.length; i++) {
            right[i] = right[i] / m - left[i] / n;
        }
        return solve(right);
    }

    /** Gauss-Jordan elimination with pivoting; the system may have more rows than unknowns. */
    private Optional<double[]> solve(double[] right) {
        int columns = parts.size();
        var a = new double[matrix.length][];
        for (int i = 0; i < a.length; i++) {
            a[i] = Arrays.copyOf(matrix[i], columns + 1);
            a[i][columns] = right[i];
        }
        var solution = new double[columns];
        var pivotRow = new int[columns];
        int row = 0;
        for (int column = 0; column < columns; column++) {
            int best = row;
            for (int i = row + 1; i < a.length; i++) {
                best = Math.abs(a[i][column]) > Math.abs(a[best][column]) ? i : best;
            }
            if (best >= a.length || Math.abs(a[best][column]) < ZERO) {
                pivotRow[column] = -1;
                continue;
            }
            var swap = a[row];
            a[row] = a[best];
            a[best] = swap;
            for (int i = 0; i < a.length; i++) {
                double factor = i == row ? 0 : a[i][column] / a[row][column];
                for (int j = column; factor != 0 && j <= columns; j++) {
                    a[i][j] -= factor * a[row][j];
                }
            }
            pivotRow[column] = row++;
            if (row == a.length) {
                for (int rest = column + 1; rest < columns; rest++) {
                    pivotRow[rest] = -1;
                }
                break;
            }
        }
        for (int i = row; i < a.length; i++) {
            if (Math.abs(a[i][columns]) > 1e-6) {
                return Optional.empty();
            }
        }
        for (int column = 0; column < columns; column++) {
            int at = pivotRow[column];
            solution[column] = at < 0 ? 0 : a[at][columns] / a[at][column];
            solution[column] = Math.abs(solution[column]) < ZERO ? 0 : solution[column];
        }
        return Optional.of(solution);
    }
}
