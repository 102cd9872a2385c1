package org.colonnade.certification.certify;

import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.Part;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Version;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Service;

/** Takes back what a version said, by a new version; what was said since stays. */
@Service
public class Undo {

    private static final String GLOBAL = "global";

    private final History history;
    private final Ledger ledger;
    private final Configurations configurations;
    private final Rights rights;

    Undo(History history, Ledger ledger, Configurations configurations, Rights rights) {
        this.history = history;
        this.ledger = ledger;
        this.configurations = configurations;
        this.rights = rights;
    }

    /**
     * Undoing a change of the configuration changes the configuration, and needs the right to.
     *
     * @throws ProblemException if there is no such version, it has been undone already, or the visitor may not
     */
    public Version undo(Visitor visitor, long version) {
        rights.require(visitor, "version.undo", GLOBAL);
        Version undone =
                history.version(version).orElseThrow(() -> ProblemException.notFound("There is no version " + version));
        String comment = "undo of version " + version + ": " + undone.comment();
        try {
            return ledger.write(Author.person(visitor.name()), comment, draft -> {
                Configuration before = configurations.current().document();
                draft.revoke(version);
                requireRights(visitor, before, configurations.current().document());
                return draft.version();
            });
        } catch (IllegalArgumentException e) {
            throw Refused.conflict(String.valueOf(e.getMessage()));
        }
    }

    private void requireRights(Visitor visitor, Configuration before, Configuration after) {
        if (before.equals(after)) {
            return;
        }
        rights.require(visitor, "configuration.import", GLOBAL);
        if (Part.changed(before, after).contains(Part.RIGHTS)) {
            rights.require(visitor, "rights.edit", GLOBAL);
        }
    }
}
