package org.colonnade.certification.certify;

import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** Why one of several acts was not done, while the others go on. */
public final class Refusal {

    private Refusal() {}

    /** @return null if it was done */
    public static @Nullable String of(Runnable act) {
        try {
            act.run();
            return null;
        } catch (ProblemException e) {
            return e.detail();
        } catch (OmsUnavailableException e) {
            return e.getMessage();
        }
    }
}
