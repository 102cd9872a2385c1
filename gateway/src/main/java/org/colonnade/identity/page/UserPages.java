package org.colonnade.identity.page;

import java.util.List;
import java.util.UUID;
import org.colonnade.identity.Access;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.account.Standing;
import org.colonnade.identity.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** The administrator's pages about people and roles. */
@Controller
class UserPages {

    private static final int PAGE = 50;

    private final Accounts accounts;
    private final Onboarding onboarding;
    private final Roles roles;
    private final Sessions sessions;
    private final Access access;

    UserPages(Accounts accounts, Onboarding onboarding, Roles roles, Sessions sessions, Access access) {
        this.accounts = accounts;
        this.onboarding = onboarding;
        this.roles = roles;
        this.sessions = sessions;
        this.access = access;
    }

    @GetMapping("/admin/users")
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Standing standing,
            @RequestParam(required = false) @Nullable UUID before,
            Model model) {
        List<Account> found = accounts.list(q.strip(), standing, before, PAGE + 1);
        List<Account> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("q", q);
        model.addAttribute("standing", standing);
        model.addAttribute("standings", Standing.values());
        model.addAttribute("users", shown);
        if (found.size() > PAGE) {
            var older = UriComponentsBuilder.fromPath("/admin/users")
                    .queryParam("q", "{q}")
                    .queryParam("before", shown.getLast().id());
            if (standing != null) {
                older.queryParam("standing", standing);
            }
            model.addAttribute("older", older.encode().buildAndExpand(q).toUriString());
        }
        return "identity/users";
    }

    /** Several at once: all or, where one may not be decided, none. */
    @PostMapping("/admin/users")
    @Transactional
    public String decideMany(
            Visitor visitor,
            @RequestParam(defaultValue = "") List<UUID> chosen,
            @RequestParam Onboarding.Decision decision,
            @RequestParam(defaultValue = "") String reason) {
        chosen.forEach(id -> decideOne(visitor, id, decision, reason));
        return "redirect:/admin/users?done=decided";
    }

    @GetMapping("/admin/users/{id}")
    String show(Visitor visitor, @PathVariable UUID id, Model model) {
        Account account = find(id);
        model.addAttribute("account", account);
        model.addAttribute("own", account.owner().equals(visitor.owner()));
        model.addAttribute("fields", onboarding.fields());
        model.addAttribute("history", accounts.history(id));
        model.addAttribute("identities", accounts.identities(id));
        model.addAttribute("sessions", sessions.list(id));
        model.addAttribute(
                "roles",
                roles.all().stream()
                        .filter(role -> access.may(visitor, "identity.grant", role))
                        .toList());
        return "identity/user";
    }

    @PostMapping("/admin/users/{id}/decision")
    @Transactional
    public String decide(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam Onboarding.Decision decision,
            @RequestParam(defaultValue = "") String reason) {
        decideOne(visitor, id, decision, reason);
        return "redirect:/admin/users/" + id + "?done=decided";
    }

    private void decideOne(Visitor visitor, UUID id, Onboarding.Decision decision, String reason) {
        access.require(visitor, "identity.approve", id);
        onboarding.decide(visitor, find(id).id(), decision, reason.strip());
        if (decision != Onboarding.Decision.ACCEPT) {
            sessions.endAll(id, null);
        }
    }

    @PostMapping("/admin/users/{id}/roles")
    String grant(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam String role,
            @RequestParam(defaultValue = "false") boolean revoke) {
        Account account = find(id);
        if (roles.find(role).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "There is no such role.");
        }
        if (revoke) {
            roles.revoke(visitor, account.id(), role);
        } else {
            roles.grant(visitor, account.id(), role);
        }
        return "redirect:/admin/users/" + id + "?done=roles";
    }

    @GetMapping("/admin/roles")
    String roles(Model model) {
        model.addAttribute("roles", roles.all());
        model.addAttribute("holders", roles.holders());
        return "identity/roles";
    }

    private Account find(UUID id) {
        return accounts.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
