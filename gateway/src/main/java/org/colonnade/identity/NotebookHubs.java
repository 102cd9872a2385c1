package org.colonnade.identity;

/** Recognises people by the API token of a JupyterHub that the operator named. No other host is ever asked. */
public interface NotebookHubs {

    /** What became of a token. */
    sealed interface Verdict {
        /** @param user {@code name@host} */
        record Recognised(Visitor visitor, String user) implements Verdict {}

        /** The token has the wrong form, names a hub that is not configured, or the hub does not know it. */
        record Unknown() implements Verdict {}

        /** The hub does not answer, so nothing is known about the token. */
        record Unreachable() implements Verdict {}
    }

    /** @param token {@code base64(host + "@" + hubToken)}, as the notebook client sends it */
    Verdict recognise(String token);
}
