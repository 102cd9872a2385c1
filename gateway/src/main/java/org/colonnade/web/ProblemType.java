package org.colonnade.web;

import java.util.Locale;

/**
 * What can be wrong with a request, or with us. Each has a stable address, {@code /problems/<name>}, which is the
 * {@code type} of RFC 9457 and a page that explains it.
 */
public enum ProblemType {
    MALFORMED(400, "The request cannot be read", "Correct the place that is named, and send it again."),
    INVALID_INPUT(400, "Something in the input is wrong", "Correct what is named, and send it again."),
    SIGN_IN_REQUIRED(401, "Please sign in", "Sign in, or send a valid token."),
    FORBIDDEN(403, "This is not allowed", "Reload the page you came from and try again, or ask an administrator."),
    NOT_FOUND(
            404, "There is nothing here", "Check the address. What belongs to others, or was removed, looks the same."),
    METHOD_NOT_ALLOWED(405, "This cannot be done here", "The API's description lists what each address can do."),
    NOT_ACCEPTABLE(406, "There is no such format", "Ask for one of the formats that the API's description names."),
    CONFLICT(409, "This does not fit what is there now", "Look at the present state, and decide again."),
    GONE(410, "This is no longer kept", "Its time of keeping is over; run it again to have it again."),
    TOO_LARGE(413, "This is too large", "Send less, or in parts."),
    UNSUPPORTED_TYPE(415, "This kind of content is not understood", "Send one of the types that are named."),
    RANGE_NOT_SATISFIABLE(416, "The file ends before that place", "Ask for a range inside the file."),
    PRECONDITION_FAILED(412, "This has changed meanwhile", "Look at the present state, and decide again."),
    UNPROCESSABLE(422, "This cannot be done as asked", "Correct what is named, and send it again."),
    TOO_MANY_REQUESTS(429, "Too much at once", "Wait for the time that Retry-After names, and go on more slowly."),
    INTERNAL(
            500, "Something went wrong on our side", "Try again. If it stays, give the reference to an administrator."),
    UNAVAILABLE(503, "This is not available at the moment", "Try again in a minute.");

    private final int status;
    private final String title;
    private final String advice;

    ProblemType(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What to do next. */
    public String advice() {
        return advice;
    }

    /** Where it is explained. */
    public String path() {
        return "/problems/" + slug();
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The best fit for a status that something else decided on. */
    public static ProblemType of(int status) {
        for (ProblemType type : values()) {
            if (type.status == status && type != INVALID_INPUT) {
                return type;
            }
        }
        return status >= 500 ? INTERNAL : MALFORMED;
    }
}
