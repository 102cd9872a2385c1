package org.colonnade.identity.session;

import org.colonnade.identity.key.Secrets;
import org.colonnade.jobs.Owner;

/** The owner that a guest's cookie stands for. */
public final class GuestOwner {

    private GuestOwner() {}

    /** A digest, so that whoever reads the owner's name cannot make the cookie from it. */
    public static Owner of(String secret) {
        return new Owner("guest:" + Secrets.digest(secret));
    }
}
