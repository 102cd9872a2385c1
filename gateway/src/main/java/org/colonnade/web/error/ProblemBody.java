package org.colonnade.web.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.colonnade.web.ProblemException.Wrong;

/**
 * Problem details (RFC 9457) as they are sent.
 *
 * @param type the address of a page that explains this kind of problem
 * @param instance names this one occurrence; its last part is the reference that administrators can look up
 * @param errors the wrong values, each with its name; absent if the problem is of another kind
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
        String type, String title, int status, String detail, String instance, String reference, List<Wrong> errors) {

    static ProblemBody of(Trouble trouble, String context, String reference) {
        return new ProblemBody(
                context + trouble.type().path(),
                trouble.type().title(),
                trouble.status(),
                trouble.sentence(),
                "urn:colonnade:request:" + reference,
                reference,
                trouble.wrong());
    }
}
