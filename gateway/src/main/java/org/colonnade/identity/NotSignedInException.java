package org.colonnade.identity;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The request needs somebody who is signed in. Pages answer it with the sign-in page, everything else with 401. */
public class NotSignedInException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public NotSignedInException() {
        super(
                HttpStatus.UNAUTHORIZED,
                ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, "Sign in, or send a valid token."),
                null);
    }
}
