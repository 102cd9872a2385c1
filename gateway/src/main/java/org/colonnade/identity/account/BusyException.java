package org.colonnade.identity.account;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** More people sign in at this moment than the gateway lets compute at once. */
public class BusyException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    BusyException() {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Very many people are signing in right now. Nothing was lost; try again in a few seconds."),
                null);
        getHeaders().set("Retry-After", "5");
    }
}
