package org.colonnade.identity;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** We know who it is, and they may not do this. Answered with 403. */
public class NotAllowedException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** @param detail one sentence for the person who asked */
    public NotAllowedException(String detail) {
        super(HttpStatus.FORBIDDEN, ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, detail), null);
    }
}
