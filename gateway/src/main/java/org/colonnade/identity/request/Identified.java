package org.colonnade.identity.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.session.Sessions.SignedIn;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a request, and how we know.
 *
 * @param session the signed-in session; null unless {@link Means#SESSION}
 */
public record Identified(
        Visitor visitor, Means means, @Nullable SignedIn session) {

    /** How we know. */
    public enum Means {
        NOTHING,
        SESSION,
        TOKEN,
        PROXY
    }

    private static final String ATTRIBUTE = Identified.class.getName();

    static Identified guest(Visitor visitor) {
        return new Identified(visitor, Means.NOTHING, null);
    }

    void putInto(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
        request.setAttribute(IdentificationFilter.VISITOR, visitor);
    }

    public static Optional<Identified> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Identified found ? Optional.of(found) : Optional.empty();
    }

    /** @throws NotSignedInException for guests */
    public static UUID accountOf(Visitor visitor) {
        String owner = visitor.owner().value();
        if (visitor.guest() || !owner.startsWith("user:")) {
            throw new NotSignedInException();
        }
        return UUID.fromString(owner.substring("user:".length()));
    }
}
