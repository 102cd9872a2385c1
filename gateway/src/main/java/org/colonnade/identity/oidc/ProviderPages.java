package org.colonnade.identity.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.page.Inputs;
import org.colonnade.identity.page.SafeNext;
import org.colonnade.identity.request.Identified;
import org.colonnade.identity.setup.Urls;
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
    private final Urls urls;

    ProviderPages(Providers providers, ProviderLogin login, SealedRequests requests, Urls urls) {
        this.urls = urls;
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

    /** @param edit key of a provider whose settings stand in the form; its secret never does */
    @GetMapping("/admin/providers")
    String list(@RequestParam(defaultValue = "") String edit, Model model) {
        Optional<Provider> present =
                providers.all().stream().filter(p -> p.key().equals(edit)).findFirst();
        return page(present.map(ProviderForm::of).orElseGet(ProviderForm::empty).inputs(), present.isPresent(), model);
    }

    @PostMapping("/admin/providers")
    String save(
            Visitor visitor, @RequestParam Map<String, String> parameters, HttpServletResponse response, Model model) {
        ProviderForm form = ProviderForm.read(parameters);
        if (!form.inputs().isGood()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(form.inputs(), false, model);
        }
        providers.save(visitor, form.provider());
        return "redirect:/admin/providers?done=saved";
    }

    private String page(Inputs inputs, boolean editing, Model model) {
        model.addAttribute("providers", providers.all());
        model.addAttribute("inputs", inputs);
        model.addAttribute("editing", editing);
        model.addAttribute("callback", urls.to("/sign-in/callback/"));
        return "identity/providers";
    }

    @PostMapping("/admin/providers/{key}/enabled")
    String switchOnOrOff(Visitor visitor, @PathVariable String key, @RequestParam boolean enabled) {
        if (!providers.switchOnOrOff(visitor, key, enabled)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/admin/providers?done=saved";
    }
}
