package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.TooManyAttemptsException;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.BusyException;
import org.colonnade.identity.oidc.ProviderLogin;
import org.colonnade.identity.oidc.Providers;
import org.colonnade.identity.session.PasswordCheck;
import org.colonnade.identity.session.Sessions;
import org.colonnade.identity.session.SignIn;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.identity.setup.Urls;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Signing in with a password, and out. */
@Controller
class SignInPages {

    private static final String PAGE = "identity/sign-in";

    private final PasswordCheck check;
    private final SignIn signIn;
    private final Providers providers;
    private final ProviderLogin login;
    private final Urls urls;
    private final boolean registration;

    SignInPages(
            PasswordCheck check,
            SignIn signIn,
            Providers providers,
            ProviderLogin login,
            Urls urls,
            IdentityProperties properties) {
        this.providers = providers;
        this.login = login;
        this.urls = urls;
        this.check = check;
        this.signIn = signIn;
        this.registration = properties.registration();
    }

    @GetMapping("/sign-in")
    String form(Visitor visitor, @RequestParam(required = false) @Nullable String next, Model model) {
        if (!visitor.guest()) {
            return "redirect:" + SafeNext.of(next);
        }
        return page(model, new Inputs(), SafeNext.of(next));
    }

    @PostMapping("/sign-in")
    String submit(
            Visitor visitor,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Inputs inputs = new Inputs().put("email", email);
        if (email.isBlank()) {
            inputs.wrong("email", "Enter your address.");
        }
        if (password.isEmpty()) {
            inputs.wrong("password", "Enter your password.");
        }
        if (inputs.isGood()) {
            try {
                Optional<Account> account =
                        check.check(visitor, request.getRemoteAddr(), inputs.value("email"), password);
                if (account.isPresent()) {
                    signIn.begin(request, response, account.get(), SignIn.PASSWORD, null);
                    return "redirect:" + (account.get().visitor().isApproved() ? SafeNext.of(next) : "/waiting");
                }
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                inputs.wrong("email", "Address and password do not match an open account.");
            } catch (TooManyAttemptsException | BusyException e) {
                explain(e, response, inputs);
            }
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
        return page(model, inputs, SafeNext.of(next));
    }

    private static void explain(ErrorResponseException e, HttpServletResponse response, Inputs inputs) {
        response.setStatus(e.getStatusCode().value());
        e.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
        inputs.wrong("email", String.valueOf(e.getBody().getDetail()));
    }

    private String page(Model model, Inputs inputs, String next) {
        model.addAttribute("inputs", inputs);
        model.addAttribute("next", next);
        model.addAttribute("registration", registration);
        model.addAttribute("providers", providers.enabled());
        return PAGE;
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<Sessions.Ended> ended = signIn.end(request, response);
        Optional<String> there = ended.filter(session -> session.idToken() != null)
                .flatMap(session -> login.endSession(session.method())
                        .map(endpoint -> UriComponentsBuilder.fromUriString(endpoint)
                                .queryParam("id_token_hint", "{token}")
                                .queryParam("post_logout_redirect_uri", "{back}")
                                .encode()
                                .buildAndExpand(session.idToken(), urls.to("/sign-in?done=signed-out"))
                                .toUriString()));
        if (there.isEmpty()) {
            return "redirect:/sign-in?done=signed-out";
        }
        // A form may not lead to another site under our Content-Security-Policy; a refreshed page may.
        response.setHeader("Refresh", "0;url=" + there.get());
        model.addAttribute("url", there.get());
        return "identity/leaving";
    }
}
