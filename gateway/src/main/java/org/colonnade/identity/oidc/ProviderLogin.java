package org.colonnade.identity.oidc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Sets Spring Security's OpenID Connect login up: PKCE and nonce always, time limits on every call, no server state. */
@Component
public class ProviderLogin implements Customizer<OAuth2LoginConfigurer<HttpSecurity>> {

    private final Registrations registrations;
    private final SealedRequests requests;
    private final NoAuthorizedClients clients;
    private final ProviderSignIn signIn;
    private final DefaultOAuth2AuthorizationRequestResolver resolver;

    ProviderLogin(
            Registrations registrations, SealedRequests requests, NoAuthorizedClients clients, ProviderSignIn signIn) {
        this.registrations = registrations;
        this.requests = requests;
        this.clients = clients;
        this.signIn = signIn;
        resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, "/sign-in/with");
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    @Override
    public void customize(OAuth2LoginConfigurer<HttpSecurity> login) {
        login.loginPage("/sign-in")
                .clientRegistrationRepository(registrations)
                .authorizedClientRepository(clients)
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(new OnlyOnPurpose())
                        .authorizationRequestRepository(requests))
                .redirectionEndpoint(endpoint -> endpoint.baseUri("/sign-in/callback/*"))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokenClient()))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(userInfo()))
                .successHandler((request, response, authentication) ->
                        signIn.onAuthenticationSuccess(request, response, authentication))
                .failureHandler(signIn);
    }

    /** Begins a sign-in. Empty if there is no such provider; throws if it does not answer. */
    Optional<OAuth2AuthorizationRequest> begin(HttpServletRequest request, String key) {
        ClientRegistration known = registrations.findByRegistrationId(key);
        return known == null ? Optional.empty() : Optional.ofNullable(resolver.resolve(request, key));
    }

    /** The provider's page on which a person signs out there; empty if it has none or does not answer. */
    public Optional<String> endSession(String key) {
        try {
            return Optional.ofNullable(registrations.findByRegistrationId(key))
                    .map(known -> known.getProviderDetails()
                            .getConfigurationMetadata()
                            .get("end_session_endpoint"))
                    .map(Object::toString);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The controller begins sign-ins, because it can show a page when a provider does not answer; the filter does not. */
    private static final class OnlyOnPurpose implements OAuth2AuthorizationRequestResolver {

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
            return null;
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
            return null;
        }
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokenClient() {
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(Registrations.requests())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    private static OidcUserService userInfo() {
        var http = new RestTemplate(Registrations.requests());
        http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        var oauth = new DefaultOAuth2UserService();
        oauth.setRestOperations(http);
        var service = new OidcUserService();
        service.setOauth2UserService(oauth);
        return service;
    }
}
