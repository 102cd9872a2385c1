package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.request.Identified;
import org.colonnade.identity.request.Identified.Means;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.identity.token.PersonalTokens.Scope;
import org.colonnade.identity.token.SignedTokens;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Where people make and revoke tokens for their scripts. A token is on the page that answers its making, and nowhere else. */
@Controller
class TokenPages {

    private final PersonalTokens personal;
    private final SignedTokens signed;
    private final IdentityProperties.Tokens settings;

    TokenPages(PersonalTokens personal, SignedTokens signed, IdentityProperties properties) {
        this.personal = personal;
        this.signed = signed;
        this.settings = properties.tokens();
    }

    @GetMapping("/account/tokens")
    String list(Visitor visitor, Model model) {
        return page(visitor, new Inputs().put("days", "90"), EnumSet.of(Scope.READ, Scope.WRITE), model);
    }

    @PostMapping("/account/tokens")
    String create(
            Visitor visitor,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String days,
            @RequestParam(defaultValue = "") List<Scope> scopes,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        requireSession(request);
        Inputs inputs = new Inputs().put("name", name).put("days", days);
        Set<Scope> chosen = EnumSet.of(Scope.READ);
        chosen.addAll(scopes);
        if (inputs.value("name").isEmpty() || inputs.value("name").length() > 100) {
            inputs.wrong("name", "Say in 1 to 100 characters what the token is for.");
        }
        int life = days(inputs);
        if (!inputs.isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(visitor, inputs, chosen, model);
        }
        UUID account = Identified.accountOf(visitor);
        var created = personal.create(visitor, account, inputs.value("name"), chosen, Duration.ofDays(life));
        model.addAttribute("created", created.token());
        return page(visitor, new Inputs().put("days", "90"), EnumSet.of(Scope.READ, Scope.WRITE), model);
    }

    private int days(Inputs inputs) {
        long longest = settings.longest().toDays();
        try {
            int life = Integer.parseInt(inputs.value("days"));
            if (life >= 1 && life <= longest) {
                return life;
            }
        } catch (NumberFormatException e) {
            // Answered below, as for a number out of range.
        }
        inputs.wrong("days", "A whole number from 1 to " + longest + ".");
        return 0;
    }

    @PostMapping("/account/tokens/{id}/revoke")
    String revoke(Visitor visitor, @PathVariable UUID id) {
        if (!personal.revoke(visitor, Identified.accountOf(visitor), id)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/account/tokens?done=revoked";
    }

    @PostMapping("/account/refresh-token")
    String refreshToken(Visitor visitor, HttpServletRequest request, Model model) {
        requireSession(request);
        model.addAttribute("refresh", signed.createRefreshToken(visitor, Identified.accountOf(visitor)));
        return page(visitor, new Inputs().put("days", "90"), EnumSet.of(Scope.READ, Scope.WRITE), model);
    }

    @PostMapping("/account/refresh-token/revoke")
    String revokeRefreshToken(Visitor visitor) {
        signed.revokeRefreshToken(visitor, Identified.accountOf(visitor));
        return "redirect:/account/tokens?done=revoked";
    }

    private String page(Visitor visitor, Inputs inputs, Set<Scope> scopes, Model model) {
        UUID account = Identified.accountOf(visitor);
        model.addAttribute("inputs", inputs);
        model.addAttribute("scopes", scopes.stream().map(Scope::name).toList());
        model.addAttribute("tokens", personal.list(account));
        model.addAttribute("refreshToken", signed.refreshToken(account).orElse(null));
        model.addAttribute("longest", settings.longest().toDays());
        return "identity/tokens";
    }

    static void requireSession(HttpServletRequest request) {
        if (Identified.of(request).map(Identified::means).orElse(Means.NOTHING) == Means.TOKEN) {
            throw new NotAllowedException("A token makes no further tokens. Sign in, or send your password.");
        }
    }
}
