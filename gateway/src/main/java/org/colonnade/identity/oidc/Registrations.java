package org.colonnade.identity.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.colonnade.identity.setup.IdentityProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Makes what Spring Security needs to know of a provider from our table and the provider's discovery document. */
@Component
class Registrations implements ClientRegistrationRepository {

    /** How long one waits for a provider. A person is waiting for the page. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Long enough for one sign-in, short enough that a provider that went away is noticed before a person is sent there. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
            new ParameterizedTypeReference<>() {};

    private final Providers providers;
    private final IdentityProperties properties;
    private final RestClient http = RestClient.create(new RestTemplate(requests()));
    private final Cache<String, Map<String, Object>> documents =
            Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(FRESH).build();

    Registrations(Providers providers, IdentityProperties properties) {
        this.providers = providers;
        this.properties = properties;
    }

    static SimpleClientHttpRequestFactory requests() {
        var factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(PATIENCE);
        factory.setReadTimeout(PATIENCE);
        return factory;
    }

    /**
     * @return null if there is no such provider
     * @throws RuntimeException if the provider does not answer, or its document names another issuer
     */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String key) {
        return providers.find(key).map(this::registration).orElse(null);
    }

    private ClientRegistration registration(Provider provider) {
        Map<String, Object> document = documents.get(provider.issuer(), this::discover);
        Set<String> scopes = new LinkedHashSet<>(provider.scopes());
        scopes.add("openid");
        boolean secret = provider.clientSecret() != null;
        return ClientRegistrations.fromOidcConfiguration(document)
                .registrationId(provider.key())
                .clientName(provider.title())
                .clientId(provider.clientId())
                .clientSecret(provider.clientSecret())
                .clientAuthenticationMethod(
                        secret ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE)
                .scope(scopes)
                .redirectUri(base() + "/sign-in/callback/{registrationId}")
                .build();
    }

    private String base() {
        return properties.baseUrl() == null
                ? "{baseUrl}"
                : properties.baseUrl().toString().replaceAll("/+$", "");
    }

    private Map<String, Object> discover(String issuer) {
        Map<String, Object> document = http.get()
                .uri(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration")
                .retrieve()
                .body(DOCUMENT);
        if (document == null || !issuer.equals(document.get("issuer"))) {
            throw new IllegalStateException("The discovery document does not name the issuer " + issuer);
        }
        return document;
    }
}
