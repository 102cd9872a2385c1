package org.colonnade.identity;

import java.util.Optional;

/** Short-lived signed tokens for scripts, for front doors whose clients fetch them by a path of their own. */
public interface AccessTokens {

    /**
     * Exchanges a refresh token, as given on the profile page, for an access token.
     *
     * @return empty if the refresh token is not good, or was replaced by a newer one
     */
    Optional<String> refresh(String refreshToken);

    /** How long an access token is good, in seconds. */
    long lifeInSeconds();
}
