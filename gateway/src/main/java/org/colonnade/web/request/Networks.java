package org.colonnade.web.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Which addresses count as one caller. */
final class Networks {

    private Networks() {}

    /** An IPv4 address itself; of an IPv6 address the first 64 bits, as one household or host has all of the rest. */
    static String of(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            byte[] bytes = parsed.getAddress();
            return HexFormat.of().formatHex(parsed instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
