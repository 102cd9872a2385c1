package org.colonnade.identity.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.key.InstallationKeys;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.session.GuestOwner;
import org.colonnade.jobs.Owner;
import org.springframework.stereotype.Component;

/** Names people who are not signed in, without storing anything about them. */
@Component
class Guests {

    private final InstallationKeys keys;

    Guests(InstallationKeys keys) {
        this.keys = keys;
    }

    /** A browser: the owner's name is a digest, so that whoever reads it cannot make the cookie from it. */
    Visitor byCookie(String secret) {
        return guest(GuestOwner.of(secret));
    }

    /**
     * A script that keeps no cookies: its network address, so that what it started in one call is still its own in the
     * next and counts towards one limit. People behind one address share this owner; an IPv6 network of 64 bits counts
     * as one address. The name is a keyed digest that does not reveal the address.
     */
    Visitor byAddress(String address) {
        byte[] name = Secrets.authenticate(keys.get("guest-address"), network(address));
        return guest(new Owner("guest:net-" + Secrets.encode(name)));
    }

    private static Visitor guest(Owner owner) {
        return new Visitor(owner, true, "Guest", Set.of());
    }

    private static byte[] network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            byte[] bytes = parsed.getAddress();
            return parsed instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
        } catch (IllegalArgumentException e) {
            return address.getBytes(StandardCharsets.UTF_8);
        }
    }
}
