package org.colonnade.geochemistry.supcrt.files;

import java.util.List;

/** The lines of a file and the place reached; numbers as Fortran's list-directed input reads them. */
final class Lines {

    private final List<String> lines;
    private int next;

    Lines(String text) {
        lines = text.lines().toList();
    }

    boolean hasNext() {
        return next < lines.size();
    }

    /** Number of the line read last, from 1. */
    int number() {
        return next;
    }

    String next(String expected) throws FileException {
        if (!hasNext()) {
            throw new FileException(next + 1, "the file ends where " + expected + " should be");
        }
        return lines.get(next++);
    }

    void skip(int count, String what) throws FileException {
        for (int i = 0; i < count; i++) {
            next(what);
        }
    }

    double[] numbers(int count, String expected) throws FileException {
        var fields = next(expected).strip().split("[\\s,]+");
        if (fields.length < count) {
            throw new FileException(next, "%d numbers are expected (%s)".formatted(count, expected));
        }
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(fields[i]);
        }
        return numbers;
    }

    int[] integers(int count, String expected) throws FileException {
        var numbers = numbers(count, expected);
        var integers = new int[count];
        for (int i = 0; i < count; i++) {
            if (numbers[i] != Math.rint(numbers[i]) || Math.abs(numbers[i]) > 1e6) {
                throw new FileException(next, "whole numbers are expected (%s)".formatted(expected));
            }
            integers[i] = (int) numbers[i];
        }
        return integers;
    }

    double number(String field) throws FileException {
        var text = field.replace('d', 'e').replace('D', 'e');
        try {
            if (text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // Reported below with its line.
        }
        var shown = field.length() > 40 ? field.substring(0, 40) + "…" : field;
        throw new FileException(next, "\"%s\" is not a number".formatted(shown));
    }
}
