package org.colonnade.identity.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.page.SafeNext;
import org.colonnade.identity.request.Identified;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Leaving for a provider, and the administrator's list of providers. */
@Controller
class ProviderPages {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);

    private final Providers providers;
    private final ProviderLogin login;
    private final SealedRequests requests;

    ProviderPages(Providers providers, ProviderLogin login, SealedRequests requests) {
        this.providers = providers;
        this.login = login;
        this.requests = requests;
    }

    @GetMapping("/sign-in/with/{key}")
    String leave(
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        return leave(key, Map.of(SealedRequests.NEXT, SafeNext.of(next)), request, response);
    }

    /** Adds a provider's identity to the own account. A POST, so that no link can make anybody do it. */
    @PostMapping("/account/link/{key}")
    String link(
            Visitor visitor,
            @PathVariable String key,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String account = Identified.accountOf(visitor).toString();
        String target = leave(key, Map.of(SealedRequests.LINK, account), request, response);
        if (!target.startsWith("redirect:")) {
            return target;
        }
        // A form may not lead to another site under our Content-Security-Policy; a refreshed page may.
        response.setHeader("Refresh", "0;url=" + target.substring("redirect:".length()));
        model.addAttribute("url", target.substring("redirect:".length()));
        return "identity/leaving";
    }

    private String leave(
            String key, Map<String, Object> ours, HttpServletRequest request, HttpServletResponse response) {
        Optional<OAuth2AuthorizationRequest> begun;
        try {
            begun = login.begin(request, key);
        } catch (RuntimeException e) {
            LOG.warn("Provider {} does not answer as it should: {}", key.replaceAll("[^a-z0-9-]", "?"), e.toString());
            response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
            return "identity/provider-down";
        }
        OAuth2AuthorizationRequest sent = begun.orElseThrow(
                () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such provider."));
        Map<String, Object> attributes = new HashMap<>(sent.getAttributes());
        attributes.putAll(ours);
        requests.saveAuthorizationRequest(
                OAuth2AuthorizationRequest.from(sent)
                        .attributes(all -> all.putAll(attributes))
                        .build(),
                request,
                response);
        return "redirect:" + sent.getAuthorizationRequestUri();
    }

    @GetMapping("/admin/providers")
    String list(Model model) {
        model.addAttribute("providers", providers.all());
        return "identity/providers";
    }

    @PostMapping("/admin/providers")
    String save(
            Visitor visitor,
            @RequestParam String key,
            @RequestParam String title,
            @RequestParam String issuer,
            @RequestParam String clientId,
            @RequestParam(defaultValue = "") String clientSecret,
            @RequestParam(defaultValue = "email profile") String scopes,
            @RequestParam(defaultValue = "") String groupsClaim,
            @RequestParam(defaultValue = "") String roles,
            @RequestParam(defaultValue = "") String domains,
            @RequestParam(defaultValue = "") String entityIds) {
        if (!key.matches("[a-z][a-z0-9-]{0,39}") || title.isBlank() || clientId.isBlank() || !isAcceptable(issuer)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "A provider has a key of a-z, 0-9 and -, a title, a client id, and an issuer that begins with https.");
        }
        providers.save(
                visitor,
                new Provider(
                        key,
                        title.strip(),
                        issuer.strip(),
                        clientId.strip(),
                        clientSecret.isBlank() ? null : clientSecret.strip(),
                        words(scopes),
                        groupsClaim.isBlank() ? null : groupsClaim.strip(),
                        words(roles),
                        words(domains),
                        words(entityIds),
                        true));
        return "redirect:/admin/providers?done=saved";
    }

    @PostMapping("/admin/providers/{key}/enabled")
    String switchOnOrOff(Visitor visitor, @PathVariable String key, @RequestParam boolean enabled) {
        if (!providers.switchOnOrOff(visitor, key, enabled)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/admin/providers?done=saved";
    }

    /** Plain HTTP only to this machine, for tests and trials. */
    private static boolean isAcceptable(String issuer) {
        return issuer.strip().matches("https://\\S+|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/\\S*)?");
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isBlank()).toList();
    }
}
