package org.colonnade.web.admin;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.colonnade.execution.ClusterAccounts;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Clusters.Check;
import org.colonnade.execution.Clusters.Status;
import org.colonnade.execution.Clusters.Stay;
import org.colonnade.identity.Access;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How the clusters are doing, and whether one works from login to clean-up. */
@Controller
class ClusterPages {

    private static final int SHOWN = 50;
    private static final String ACTION = "web.clusters";

    private final Access access;
    private final Clusters clusters;
    private final ClusterAccounts accounts;
    private final Jobs jobs;
    private final AuditLog audit;

    ClusterPages(Access access, Clusters clusters, ClusterAccounts accounts, Jobs jobs, AuditLog audit) {
        this.access = access;
        this.clusters = clusters;
        this.accounts = accounts;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** A stay with its job's title; null once the job is no longer kept. */
    record Row(Stay stay, @Nullable String title) {}

    /** A step of a test in words. */
    record Step(String name, @Nullable String failure, String took) {

        static Step of(Check check) {
            return new Step(check.step(), check.failure(), seconds(check.took()));
        }
    }

    @GetMapping("/admin/clusters")
    String list(Visitor visitor, Model model) {
        access.require(visitor, ACTION, null);
        model.addAttribute("clusters", clusters.all());
        return "web/clusters";
    }

    @GetMapping("/admin/clusters/{name}")
    String cluster(Visitor visitor, @PathVariable String name, Model model) {
        access.require(visitor, ACTION, null);
        return show(name, model);
    }

    private String show(String name, Model model) {
        Status status = clusters.find(name).orElseThrow(ClusterPages::unknown);
        model.addAttribute("cluster", status);
        model.addAttribute("keyHere", accounts.keepsKey(name));
        model.addAttribute("interval", seconds(status.polls().interval()));
        model.addAttribute("took", seconds(status.polls().took()));
        model.addAttribute(
                "stays",
                clusters.stays(name, SHOWN).stream()
                        .map(stay -> new Row(
                                stay, jobs.find(stay.job()).map(Job::title).orElse(null)))
                        .toList());
        return "web/cluster";
    }

    @PostMapping("/admin/clusters/{name}/test")
    String test(Visitor visitor, @PathVariable String name, Model model) throws InterruptedException {
        access.require(visitor, ACTION, null);
        Optional<List<Check>> checks = clusters.test(name);
        List<Step> steps =
                checks.orElseThrow(ClusterPages::unknown).stream().map(Step::of).toList();
        boolean well = steps.stream().allMatch(step -> step.failure() == null);
        audit.record(
                visitor,
                "web.test-cluster",
                "cluster:" + name,
                well ? AuditLog.Outcome.DONE : AuditLog.Outcome.FAILED,
                well ? "" : "Failed at: " + steps.getLast().name());
        model.addAttribute("steps", steps);
        model.addAttribute("well", well);
        return show(name, model);
    }

    @PostMapping("/admin/clusters/{name}/key")
    String giveKey(
            Visitor visitor,
            @PathVariable String name,
            @RequestParam(defaultValue = "") @Size(max = 16_000) String privateKey,
            @RequestParam(defaultValue = "") @Size(max = 1_000) String passphrase,
            HttpServletResponse response,
            Model model) {
        access.require(visitor, ACTION, null);
        try {
            model.addAttribute(
                    "publicKey",
                    accounts.giveKey(
                            name,
                            privateKey.isBlank() ? null : privateKey.strip() + "\n",
                            passphrase.isBlank() ? null : passphrase));
            audit.record(visitor, "web.give-cluster-key", "cluster:" + name, AuditLog.Outcome.DONE, "");
        } catch (IllegalArgumentException e) {
            response.setStatus(422);
            model.addAttribute("problem", e.getMessage());
        }
        return show(name, model);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("There is no such cluster");
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() < 10_000 && duration.toMillisPart() > 0
                ? String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0)
                : duration.toSeconds() + " s";
    }
}
