package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.TooManyAttemptsException;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.AddressChange;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.account.Registration;
import org.colonnade.identity.oidc.Providers;
import org.colonnade.identity.request.Identified;
import org.colonnade.identity.session.PasswordCheck;
import org.colonnade.identity.session.Sessions;
import org.colonnade.identity.session.Sessions.SignedIn;
import org.colonnade.identity.session.SignIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What people see and change of their own account. */
@Controller
class ProfilePages {

    private final Accounts accounts;
    private final Onboarding onboarding;
    private final Registration registration;
    private final AddressChange addresses;
    private final Passwords passwords;
    private final PasswordCheck check;
    private final Sessions sessions;
    private final Providers providers;

    ProfilePages(
            Accounts accounts,
            Onboarding onboarding,
            Registration registration,
            AddressChange addresses,
            Passwords passwords,
            PasswordCheck check,
            Sessions sessions,
            Providers providers) {
        this.providers = providers;
        this.accounts = accounts;
        this.onboarding = onboarding;
        this.registration = registration;
        this.addresses = addresses;
        this.passwords = passwords;
        this.check = check;
        this.sessions = sessions;
    }

    @GetMapping("/account")
    String profile(Visitor visitor, Model model) {
        Account account = own(visitor);
        Inputs inputs = new Inputs().put("name", account.name());
        onboarding
                .fields()
                .forEach(f -> inputs.put("field-" + f.key(), account.fields().getOrDefault(f.key(), "")));
        return page(account, inputs, model);
    }

    private String page(Account account, Inputs inputs, Model model) {
        model.addAttribute("account", account);
        model.addAttribute("fields", onboarding.fields());
        model.addAttribute("identities", accounts.identities(account.id()));
        model.addAttribute("providers", providers.enabled());
        model.addAttribute("inputs", inputs);
        return "identity/profile";
    }

    @PostMapping("/account")
    String save(
            Visitor visitor,
            @RequestParam Map<String, String> parameters,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Account account = own(visitor);
        Inputs inputs = new Inputs().put("name", parameters.get("name"));
        inputs.requireName();
        Map<String, String> answers = inputs.answers(onboarding.fields(), parameters);
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(account, inputs, model);
        }
        onboarding.updateProfile(account.id(), inputs.value("name"), answers, providerOf(request));
        return "redirect:/account?done=saved";
    }

    @PostMapping("/account/password")
    String changePassword(
            Visitor visitor,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Account account = own(visitor);
        Inputs inputs = new Inputs().put("name", account.name());
        passwords
                .objection(password, String.valueOf(account.email()))
                .ifPresent(objection -> inputs.wrong("password", objection));
        if (!password.equals(repeated)) {
            inputs.wrong("repeated", "The two are not the same.");
        }
        if (inputs.isGood()) {
            confirmPassword(visitor, account, present, "present", request, inputs);
        }
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(account, inputs, model);
        }
        registration.changePassword(account, passwords.hash(password));
        sessions.endAll(account.id(), currentSession(request));
        return "redirect:/account?done=password";
    }

    @PostMapping("/account/email")
    String changeEmail(
            Visitor visitor,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String confirmation,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Account account = own(visitor);
        Inputs inputs = new Inputs().put("name", account.name()).put("email", email);
        inputs.requireAddress();
        if (inputs.isGood()) {
            confirmPassword(visitor, account, confirmation, "confirmation", request, inputs);
        }
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(account, inputs, model);
        }
        Evenly.run(() -> addresses.begin(account, inputs.value("email")));
        return "redirect:/account?done=address";
    }

    /** What matters most asks for the password again, so that an open laptop is not enough. */
    private void confirmPassword(
            Visitor visitor,
            Account account,
            String password,
            String field,
            HttpServletRequest request,
            Inputs inputs) {
        if (!account.local() || account.email() == null) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "This account has no password here; its provider keeps its address.");
        }
        try {
            if (check.check(visitor, request.getRemoteAddr(), account.email(), password)
                    .isEmpty()) {
                inputs.wrong(field, "This is not your present password.");
            }
        } catch (TooManyAttemptsException e) {
            inputs.wrong(field, String.valueOf(e.getBody().getDetail()));
        }
    }

    @GetMapping("/address")
    String addressForm(@RequestParam String side, @RequestParam(defaultValue = "") String link, Model model) {
        model.addAttribute("side", side.equals("old") ? "old" : "new");
        model.addAttribute("link", link);
        return "identity/address";
    }

    @PostMapping("/address")
    String confirmAddress(
            @RequestParam String side,
            @RequestParam(defaultValue = "") String link,
            HttpServletResponse response,
            Model model) {
        AddressChange.Progress progress = addresses.confirm(side.equals("old"), link);
        if (progress == AddressChange.Progress.NO_SUCH_LINK) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            model.addAttribute("purpose", "ADDRESS");
            return "identity/link-gone";
        }
        model.addAttribute("progress", progress.name());
        return "identity/address-done";
    }

    @GetMapping("/waiting")
    String waiting(Visitor visitor, Model model) {
        Account account = own(visitor);
        if (visitor.isApproved()) {
            return "redirect:/account";
        }
        model.addAttribute("account", account);
        model.addAttribute("history", accounts.history(account.id()));
        return "identity/waiting";
    }

    @GetMapping("/account/sessions")
    String sessions(Visitor visitor, HttpServletRequest request, Model model) {
        model.addAttribute("sessions", sessions.list(Identified.accountOf(visitor)));
        model.addAttribute("current", currentSession(request));
        return "identity/sessions";
    }

    @PostMapping("/account/sessions/{id}/end")
    String endSession(Visitor visitor, @PathVariable UUID id) {
        if (sessions.end(Identified.accountOf(visitor), id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/account/sessions?done=ended";
    }

    @PostMapping("/account/sessions/end")
    String endOthers(Visitor visitor, HttpServletRequest request) {
        sessions.endAll(Identified.accountOf(visitor), currentSession(request));
        return "redirect:/account/sessions?done=ended";
    }

    private Account own(Visitor visitor) {
        return accounts.find(Identified.accountOf(visitor)).orElseThrow(NotSignedInException::new);
    }

    /** The provider that vouches for the one who is here; a rule of the operator may ask. */
    private static @Nullable String providerOf(HttpServletRequest request) {
        return Identified.of(request)
                .map(Identified::session)
                .map(SignedIn::method)
                .filter(method -> !method.equals(SignIn.PASSWORD))
                .orElse(null);
    }

    private static @Nullable UUID currentSession(HttpServletRequest request) {
        Optional<SignedIn> session = Identified.of(request).map(Identified::session);
        return session.map(SignedIn::session).orElse(null);
    }
}
