package org.colonnade.geochemistry;

/**
 * An input that no calculator of this library computes with. The message is written for the person who typed it.
 *
 * <p>It carries no stack trace: a batch may hold a hundred thousand bad rows, and the message says all there is to say.
 */
public class InputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String input;

    /** @param input the name of the input, e.g. {@code temp} */
    public InputException(String input, String message) {
        super(message);
        this.input = input;
    }

    public String input() {
        return input;
    }

    /** @throws InputException when the value is NaN or infinite */
    public static double finite(String input, double value) {
        if (!Double.isFinite(value)) {
            throw new InputException(input, "%s must be a finite number, not %s".formatted(input, value));
        }
        return value;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
