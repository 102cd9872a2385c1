package org.colonnade.calculators.js2;

/** Ends a call with a status and a body of the js2 gateway. */
final class Js2Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Object body;

    Js2Refusal(int status, Object body) {
        super(null, null, false, false);
        this.status = status;
        this.body = body;
    }

    static Js2Refusal of(int status, String message) {
        return new Js2Refusal(status, new Js2Error(status, message));
    }

    int status() {
        return status;
    }

    Object body() {
        return body;
    }
}
