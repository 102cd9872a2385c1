package org.colonnade.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with an error that the caller can understand. It becomes problem details below {@code /api/v1}, the
 * client's own shape below a {@link FrontDoor}, and a page elsewhere.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * One wrong value.
     *
     * @param field the parameter, or the path of the JSON property, e.g. {@code steps[2].name}
     * @param message goes on after the field's name, or begins with a capital and is a sentence of its own
     */
    public record Wrong(String field, String message) {

        /** Field and message together. */
        public String sentence() {
            boolean own = !message.isEmpty() && Character.isUpperCase(message.charAt(0));
            return field + (own ? ": " : " ") + message;
        }
    }

    private final ProblemType type;
    private final transient List<Wrong> wrong;
    private final @Nullable Duration retryAfter;

    private ProblemException(ProblemType type, String detail, List<Wrong> wrong, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.wrong = List.copyOf(wrong);
        this.retryAfter = retryAfter;
    }

    /** @param detail one sentence for the person who asked */
    public static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(type, detail, List.of(), null);
    }

    /** Also for what exists but belongs to somebody else. */
    public static ProblemException notFound(String detail) {
        return of(ProblemType.NOT_FOUND, detail);
    }

    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new Wrong(field, message)));
    }

    /** @param wrong at least one */
    public static ProblemException invalid(List<Wrong> wrong) {
        Wrong first = wrong.getFirst();
        return new ProblemException(ProblemType.INVALID_INPUT, first.sentence(), wrong, null);
    }

    public static ProblemException retryLater(ProblemType type, String detail, Duration after) {
        return new ProblemException(type, detail, List.of(), after);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Wrong> wrong() {
        return wrong;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
