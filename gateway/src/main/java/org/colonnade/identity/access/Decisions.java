package org.colonnade.identity.access;

import java.util.List;
import org.colonnade.identity.Access;
import org.colonnade.identity.AccessRule;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class Decisions implements Access {

    private final AuditLog audit;
    private final ObjectProvider<AccessRule> rules;

    Decisions(AuditLog audit, ObjectProvider<AccessRule> rules) {
        this.audit = audit;
        this.rules = rules;
    }

    @Override
    public boolean may(Visitor who, String action, @Nullable Object on) {
        if (who.guest() && action.startsWith("identity.")) {
            return false;
        }
        if (who.isAdmin()) {
            return true;
        }
        String room = action.substring(0, Math.max(0, action.indexOf('.')));
        List<AccessRule> ofRoom =
                rules.stream().filter(rule -> rule.room().equals(room)).toList();
        return ofRoom.stream().anyMatch(rule -> rule.allows(who, action, on));
    }

    @Override
    public void require(Visitor who, String action, @Nullable Object on) {
        if (may(who, action, on)) {
            return;
        }
        if (who.guest()) {
            throw new NotSignedInException();
        }
        audit.record(who, action, on == null ? "" : on.toString(), AuditLog.Outcome.REFUSED, "Not allowed");
        throw new NotAllowedException("Your account may not do this. Ask an administrator for the right role.");
    }
}
