package org.colonnade.web.work;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.colonnade.execution.ClusterAccounts;
import org.colonnade.execution.ClusterAccounts.Account;
import org.colonnade.execution.ClusterAccounts.Request;
import org.colonnade.execution.Clusters.Check;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.Visitor;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people bring the accounts that they have on clusters. A private key goes in here, and comes out nowhere. */
@Controller
class ClusterAccountPages {

    private static final int LONGEST_KEY = 16_000;

    private final ClusterAccounts accounts;
    private final AuditLog audit;

    ClusterAccountPages(ClusterAccounts accounts, AuditLog audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    @GetMapping("/account/clusters")
    String list(Visitor visitor, HttpServletRequest request, Model model) {
        require(visitor);
        return show(visitor, Form.of(fields(false), request.getParameterMap()), model);
    }

    private static void require(Visitor visitor) {
        if (visitor.guest()) {
            throw new NotSignedInException();
        }
        if (!visitor.isApproved() && !visitor.isAdmin()) {
            throw new NotAllowedException("Your account is not approved yet");
        }
    }

    /** @param sent whether the form was filled in: an empty one that was just opened has no errors */
    private List<Field> fields(boolean sent) {
        Field cluster = Field.choice(
                "cluster",
                "Cluster",
                accounts.offers().stream()
                        .map(offer -> new Field.Option(offer.cluster(), offer.title() + " (" + offer.host() + ")"))
                        .toList());
        Field login = Field.text("login", "Your login there").maxLength(64);
        Field root = Field.text("root", "Your folder there, for the files of jobs")
                .hint("For example /home/ada/colonnade; it is made if it does not exist")
                .maxLength(400);
        return sent ? List.of(cluster, login, root) : List.of(cluster.optional(), login.optional(), root.optional());
    }

    private String show(Visitor visitor, Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("offers", accounts.offers());
        model.addAttribute("accounts", accounts.of(visitor.owner()));
        return "web/cluster-accounts";
    }

    @PostMapping("/account/clusters")
    String add(
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String privateKey,
            @RequestParam(defaultValue = "") String passphrase,
            Model model) {
        require(visitor);
        Form form = Form.of(fields(true), request.getParameterMap());
        if (privateKey.length() > LONGEST_KEY) {
            throw ProblemException.invalid("privateKey", "is longer than a private key");
        }
        if (form.isValid()) {
            try {
                Account added = accounts.add(
                        visitor.owner(),
                        new Request(
                                form.value("cluster"),
                                form.value("login"),
                                form.value("root"),
                                privateKey.isBlank() ? null : privateKey.strip() + "\n",
                                blankToNull(passphrase)));
                audit.record(
                        visitor,
                        "web.add-cluster-account",
                        "cluster:" + added.cluster(),
                        AuditLog.Outcome.DONE,
                        "As " + added.login());
                return "redirect:/account/clusters?added=" + added.id();
            } catch (IllegalArgumentException e) {
                model.addAttribute("problem", e.getMessage());
            }
        }
        response.setStatus(422);
        return show(visitor, form, model);
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    @PostMapping("/account/clusters/{id}/remove")
    String remove(Visitor visitor, @PathVariable UUID id) {
        require(visitor);
        Account account = find(visitor, id);
        accounts.remove(visitor.owner(), id);
        audit.record(
                visitor,
                "web.remove-cluster-account",
                "cluster:" + account.cluster(),
                AuditLog.Outcome.DONE,
                "As " + account.login());
        return "redirect:/account/clusters";
    }

    @PostMapping("/account/clusters/{id}/test")
    String test(Visitor visitor, @PathVariable UUID id, HttpServletRequest request, Model model)
            throws InterruptedException {
        require(visitor);
        find(visitor, id);
        List<Check> checks = accounts.test(visitor.owner(), id).orElseThrow(ClusterAccountPages::unknown);
        model.addAttribute("tested", id);
        model.addAttribute("checks", checks);
        return show(visitor, Form.of(fields(false), request.getParameterMap()), model);
    }

    private Account find(Visitor visitor, UUID id) {
        return accounts.of(visitor.owner()).stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(ClusterAccountPages::unknown);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("You have no such account");
    }
}
