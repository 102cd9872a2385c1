package org.colonnade.identity.page;

import org.jspecify.annotations.Nullable;

/** Where to go after signing in: a path of ours, whatever the link said. */
public final class SafeNext {

    private static final String HOME = "/";

    private SafeNext() {}

    /**
     * @return the path if every browser reads it as one on this server, else the home page
     */
    public static String of(@Nullable String next) {
        if (next == null || next.length() > 2000 || !next.startsWith("/") || next.startsWith("//")) {
            return HOME;
        }
        boolean plain = next.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        // Coming back to these would sign out, or ask to sign in again.
        return plain && !next.startsWith("/sign-") ? next : HOME;
    }
}
