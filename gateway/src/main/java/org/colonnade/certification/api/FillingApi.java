package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.takeover.Takeover;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets an administrator fill an empty registry: with invented data, or with those of a Run Registry. */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification")
class FillingApi {

    private final Demo demo;
    private final Takeover takeover;
    private final AuditLog audit;

    FillingApi(Demo demo, Takeover takeover, AuditLog audit) {
        this.demo = demo;
        this.takeover = takeover;
        this.audit = audit;
    }

    /** @param confirmed must be true, because a registry cannot be emptied again */
    record Wanted(boolean confirmed) {}

    /** Takes over the Run Registry's database that the operator configured, into an empty registry. */
    @PostMapping("/takeover")
    @Operation(summary = "Takes over a Run Registry's database")
    Takeover.Report takeOver(@RequestBody Wanted wanted, Visitor visitor) {
        requireAdmin(visitor);
        if (!wanted.confirmed()) {
            throw ProblemException.invalid("confirmed", "must be true: a registry cannot be emptied again");
        }
        Takeover.Report report = takeover.run();
        audit.record(
                visitor, "certification.takeover", "global", AuditLog.Outcome.DONE, report.versions() + " versions");
        return report;
    }

    private static void requireAdmin(Visitor visitor) {
        if (!visitor.isAdmin()) {
            throw ProblemException.of(
                    visitor.guest() ? ProblemType.SIGN_IN_REQUIRED : ProblemType.FORBIDDEN,
                    "Only an administrator fills the registry");
        }
    }

    @PostMapping("/demo")
    @Operation(summary = "Fills an empty registry with an invented fortnight")
    Demo.Loaded load(@RequestBody Wanted wanted, Visitor visitor) {
        requireAdmin(visitor);
        if (!wanted.confirmed()) {
            throw ProblemException.invalid("confirmed", "must be true: a registry cannot be emptied again");
        }
        Demo.Loaded loaded = demo.load();
        if (!loaded.loaded()) {
            throw ProblemException.of(
                    ProblemType.CONFLICT,
                    "The registry holds runs already; invented ones only go into an empty registry");
        }
        audit.record(visitor, "certification.demo", "global", AuditLog.Outcome.DONE, loaded.runs() + " runs");
        return loaded;
    }
}
