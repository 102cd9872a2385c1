package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.colonnade.certification.certify.Refusal;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** One act on many runs or datasets: each is done or refused by itself, and says why. */
final class Acts {

    private Acts() {}

    /** @param refusal null if it was done */
    record Outcome(String what, @Nullable String refusal) {}

    static <T> List<Outcome> each(Collection<T> all, Function<T, String> name, Consumer<T> act) {
        var outcomes = new ArrayList<Outcome>();
        for (T one : all) {
            outcomes.add(new Outcome(name.apply(one), Refusal.of(() -> act.accept(one))));
        }
        return outcomes;
    }

    /** An act on all of them at once; of several each counts as done. */
    static List<Outcome> whole(String what, int count, @Nullable String wrong, Runnable act) {
        String refusal = wrong == null ? Refusal.of(act) : wrong;
        return refusal == null
                ? Collections.nCopies(count, new Outcome(what, null))
                : List.of(new Outcome(what, refusal));
    }

    /** What came of an act, for the page that shows it; a refusal among them is the answer's status. */
    static void show(List<Outcome> outcomes, Model model, HttpServletResponse response) {
        model.addAttribute("outcomes", outcomes);
        model.addAttribute(
                "done", outcomes.stream().filter(o -> o.refusal() == null).count());
        if (outcomes.stream().anyMatch(o -> o.refusal() != null)) {
            response.setStatus(ProblemType.UNPROCESSABLE.status());
        }
    }
}
