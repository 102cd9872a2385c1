package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** One act on many runs or datasets: each is done or refused by itself, and says why. */
final class Acts {

    private Acts() {}

    /** @param refusal null if it was done */
    record Outcome(String what, @Nullable String refusal) {}

    static <T> List<Outcome> each(Collection<T> all, Function<T, String> name, Consumer<T> act) {
        var outcomes = new ArrayList<Outcome>();
        for (T one : all) {
            outcomes.add(new Outcome(name.apply(one), refusal(() -> act.accept(one))));
        }
        return outcomes;
    }

    /** An act on all of them at once; of several each counts as done. */
    static List<Outcome> whole(String what, int count, @Nullable String wrong, Runnable act) {
        String refusal = wrong == null ? refusal(act) : wrong;
        return refusal == null
                ? Collections.nCopies(count, new Outcome(what, null))
                : List.of(new Outcome(what, refusal));
    }

    private static @Nullable String refusal(Runnable act) {
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
