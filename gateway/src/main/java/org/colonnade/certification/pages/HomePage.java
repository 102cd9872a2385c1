package org.colonnade.certification.pages;

import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.ledger.History;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The first page of the column: what waits for whom, and where things stand. */
@Controller
class HomePage {

    private static final int LATEST = 8;

    private final JdbcClient jdbc;
    private final History history;
    private final Configurations configurations;
    private final GoldenRecords golden;
    private final Rights rights;
    private final Demo demo;
    private final AuditLog audit;

    HomePage(
            JdbcClient jdbc,
            History history,
            Configurations configurations,
            GoldenRecords golden,
            Rights rights,
            Demo demo,
            AuditLog audit) {
        this.jdbc = jdbc;
        this.history = history;
        this.configurations = configurations;
        this.golden = golden;
        this.rights = rights;
        this.demo = demo;
        this.audit = audit;
    }

    record Standing(long runs, long open, long flagged, long signedOff, long datasets, long waiting) {}

    @GetMapping("/certification")
    String home(Visitor visitor, Model model) {
        model.addAttribute("standing", standing());
        model.addAttribute("versions", history.versions(LATEST, 0));
        Configuration document = configurations.current().document();
        model.addAttribute("online", Workspaces.names(document, Configuration.ONLINE));
        model.addAttribute("offline", Workspaces.names(document, Configuration.OFFLINE));
        model.addAttribute(
                "official",
                golden.list(GoldenRecords.Whose.OFFICIAL, visitor.owner(), null).stream()
                        .limit(3)
                        .toList());
        model.addAttribute("mayIngest", rights.may(visitor, "ingest", "global"));
        model.addAttribute("demo", visitor.isAdmin() && demo.isPossible());
        return "certification/home";
    }

    private Standing standing() {
        return jdbc.sql("""
                        select (select count(*) from certification.run where not deleted),
                               (select count(*) from certification.run
                                where significant and state = 'OPEN' and not deleted),
                               (select count(*) from certification.run
                                where not deleted and rr @> '{"run_needs_to_be_updated_manually": true}'),
                               (select count(*) from certification.run where state = 'SIGNOFF' and not deleted),
                               (select count(*) from certification.dataset where not deleted and name <> 'online'),
                               (select count(*) from certification.dataset
                                where not deleted and attributes @> '{"global_state": "waiting dqm gui"}')
                        """)
                .query((rs, n) -> new Standing(
                        rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4), rs.getLong(5), rs.getLong(6)))
                .single();
    }

    /** Fills an empty registry, so that a newcomer sees something on every page. */
    @PostMapping("/certification/demo")
    String demo(Visitor visitor) {
        if (!visitor.isAdmin()) {
            throw ProblemException.of(
                    visitor.guest() ? ProblemType.SIGN_IN_REQUIRED : ProblemType.FORBIDDEN,
                    "Only an administrator fills the registry with invented data");
        }
        Demo.Loaded loaded = demo.load();
        if (loaded.loaded()) {
            audit.record(visitor, "certification.demo", "global", AuditLog.Outcome.DONE, loaded.runs() + " runs");
        }
        return "redirect:/certification";
    }
}
