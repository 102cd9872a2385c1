package org.colonnade.certification.certify;

import java.util.List;
import java.util.TreeSet;
import org.colonnade.certification.configuration.Configuration.Right;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.stereotype.Component;

/** Who may do what, and in which workspace, as the configuration says. */
@Component
public class Rights {

    private static final String ANYWHERE = "*";

    private final Configurations configurations;
    private final AuditLog audit;

    Rights(Configurations configurations, AuditLog audit) {
        this.configurations = configurations;
        this.audit = audit;
    }

    public boolean may(Visitor who, String action, String workspace) {
        return who.isAdmin()
                || configurations.current().document().rights().stream()
                        .anyMatch(r -> who.roles().contains(r.group()) && grants(r, action, workspace));
    }

    /**
     * @param workspace or {@code global} where it does not matter
     * @throws ProblemException with the sentence that scripts look for
     */
    public void require(Visitor who, String action, String workspace) {
        if (may(who, action, workspace)) {
            return;
        }
        List<String> groups = new TreeSet<>(configurations.current().document().rights().stream()
                        .filter(r -> grants(r, action, workspace))
                        .map(Right::group)
                        .toList())
                .stream().toList();
        String sentence = groups.isEmpty()
                ? "There is no egroup that is authorized to do this action."
                : "User needs to be part of any of the following e-groups: " + String.join(", ", groups);
        if (!who.guest()) {
            audit.record(who, "certification." + action, workspace, AuditLog.Outcome.REFUSED, sentence);
        }
        throw ProblemException.of(who.guest() ? ProblemType.SIGN_IN_REQUIRED : ProblemType.FORBIDDEN, sentence);
    }

    /** Anybody whose account was approved. */
    public void requireApproved(Visitor who) {
        if (who.guest()) {
            throw ProblemException.of(ProblemType.SIGN_IN_REQUIRED, "Sign in, or send a token, to do this");
        }
        if (!who.isApproved()) {
            throw ProblemException.of(ProblemType.FORBIDDEN, "Your account has not been approved yet");
        }
    }

    private static boolean grants(Right right, String action, String workspace) {
        return right.actions().stream().anyMatch(a -> covers(a, action))
                && (right.workspaces().contains(ANYWHERE) || right.workspaces().contains(workspace));
    }

    private static boolean covers(String granted, String action) {
        return granted.equals(action)
                || granted.endsWith(".*") && action.startsWith(granted.substring(0, granted.length() - 1));
    }
}
