package org.colonnade.certification.api;

import org.colonnade.certification.demo.Demo;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets an administrator fill an empty registry with invented data. */
@RestController
@RequestMapping("/api/v1/certification")
class DemoApi {

    private final Demo demo;
    private final AuditLog audit;

    DemoApi(Demo demo, AuditLog audit) {
        this.demo = demo;
        this.audit = audit;
    }

    /** @param confirmed must be true, because a registry cannot be emptied again */
    record Wanted(boolean confirmed) {}

    @PostMapping("/demo")
    Demo.Loaded load(@RequestBody Wanted wanted, Visitor visitor) {
        if (!visitor.isAdmin()) {
            throw ProblemException.of(
                    visitor.guest() ? ProblemType.SIGN_IN_REQUIRED : ProblemType.FORBIDDEN,
                    "Only an administrator fills the registry with invented data");
        }
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
