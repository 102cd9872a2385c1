package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.Throttle;
import org.colonnade.identity.abuse.Throttle.Limit;
import org.colonnade.identity.abuse.TooManyAttemptsException;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.account.OneTimeLinks.Purpose;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.account.Registration;
import org.colonnade.identity.session.Sessions;
import org.colonnade.identity.session.SignIn;
import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Registering, choosing the first or a new password. */
@Controller
class RegistrationPages {

    private final Registration registration;
    private final Onboarding onboarding;
    private final Passwords passwords;
    private final Throttle throttle;
    private final SignIn signIn;
    private final Sessions sessions;
    private final boolean open;

    RegistrationPages(
            Registration registration,
            Onboarding onboarding,
            Passwords passwords,
            Throttle throttle,
            SignIn signIn,
            Sessions sessions,
            IdentityProperties properties) {
        this.registration = registration;
        this.onboarding = onboarding;
        this.passwords = passwords;
        this.throttle = throttle;
        this.signIn = signIn;
        this.sessions = sessions;
        this.open = properties.registration();
    }

    @GetMapping("/register")
    String registerForm(Model model) {
        requireOpen();
        return register(model, new Inputs());
    }

    @PostMapping("/register")
    String register(
            Visitor visitor,
            @RequestParam Map<String, String> parameters,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        requireOpen();
        Inputs inputs = new Inputs().put("name", parameters.get("name")).put("email", parameters.get("email"));
        inputs.requireName();
        inputs.requireAddress();
        Map<String, String> answers = inputs.answers(onboarding.fields(), parameters);
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return register(model, inputs);
        }
        String email = inputs.value("email");
        if (!mayMail(request, response, inputs, email)) {
            return register(model, inputs);
        }
        Evenly.run(() -> registration.register(visitor, inputs.value("name"), email, answers));
        return sent(model, email);
    }

    private String register(Model model, Inputs inputs) {
        model.addAttribute("inputs", inputs);
        model.addAttribute("fields", onboarding.fields());
        return "identity/register";
    }

    @GetMapping("/forgot")
    String forgotForm(Model model) {
        model.addAttribute("inputs", new Inputs());
        return "identity/forgot";
    }

    @PostMapping("/forgot")
    String forgot(
            Visitor visitor,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Inputs inputs = new Inputs().put("email", email);
        inputs.requireAddress();
        model.addAttribute("inputs", inputs);
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return "identity/forgot";
        }
        if (!mayMail(request, response, inputs, inputs.value("email"))) {
            return "identity/forgot";
        }
        Evenly.run(() -> registration.forgot(visitor, inputs.value("email")));
        return sent(model, inputs.value("email"));
    }

    private static String sent(Model model, String email) {
        model.addAttribute("email", email);
        return "identity/mail-sent";
    }

    private boolean mayMail(HttpServletRequest request, HttpServletResponse response, Inputs inputs, String email) {
        try {
            throttle.attempt(Limit.MAILS_FROM, request.getRemoteAddr());
            throttle.attempt(Limit.MAIL, email);
            return true;
        } catch (TooManyAttemptsException e) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            inputs.wrong("email", String.valueOf(e.getBody().getDetail()));
            return false;
        }
    }

    /** Following the link changes nothing: a mail scanner may do it as often as it likes. */
    @GetMapping("/password")
    String passwordForm(
            @RequestParam("for") String purpose,
            @RequestParam(defaultValue = "") String link,
            HttpServletResponse response,
            Model model) {
        return password(model, new Inputs(), purpose(purpose), link, response);
    }

    @PostMapping("/password")
    String password(
            @RequestParam("for") String purposeName,
            @RequestParam(defaultValue = "") String link,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Purpose purpose = purpose(purposeName);
        Inputs inputs = new Inputs();
        Optional<Account> holder = registration.holder(purpose, link);
        if (holder.isEmpty()) {
            return password(model, inputs, purpose, link, response);
        }
        String email = String.valueOf(holder.get().email());
        passwords.objection(password, email).ifPresent(objection -> inputs.wrong("password", objection));
        if (!password.equals(repeated)) {
            inputs.wrong("repeated", "The two are not the same.");
        }
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return password(model, inputs, purpose, link, response);
        }
        Optional<Account> account = registration.choosePassword(purpose, link, passwords.hash(password));
        if (account.isEmpty()) {
            return password(model, inputs, purpose, link, response);
        }
        sessions.endAll(account.get().id(), null);
        if (!account.get().standing().maySignIn()) {
            return "redirect:/sign-in";
        }
        signIn.begin(request, response, account.get(), SignIn.PASSWORD, null);
        return account.get().visitor().isApproved() ? "redirect:/account" : "redirect:/waiting";
    }

    private String password(Model model, Inputs inputs, Purpose purpose, String link, HttpServletResponse response) {
        Optional<Account> holder = registration.holder(purpose, link);
        if (holder.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            model.addAttribute("purpose", purpose.name());
            return "identity/link-gone";
        }
        model.addAttribute("inputs", inputs);
        model.addAttribute("account", holder.get());
        model.addAttribute("purpose", purpose == Purpose.REGISTRATION ? "registration" : "recovery");
        model.addAttribute("link", link);
        return "identity/password";
    }

    private static Purpose purpose(String name) {
        return switch (name) {
            case "registration" -> Purpose.REGISTRATION;
            case "recovery" -> Purpose.RECOVERY;
            default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    private void requireOpen() {
        if (!open) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "Registration is closed here.");
        }
    }
}
