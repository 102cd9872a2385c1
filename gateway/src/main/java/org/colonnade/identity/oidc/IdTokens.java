package org.colonnade.identity.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/**
 * Verifies ID tokens with the provider's published keys. Spring's own factory accepts one algorithm and remembers a
 * registration for ever; ours takes the asymmetric ones that providers use (Globus signs with RS512), and follows a
 * change of the settings.
 */
@Component
class IdTokens implements JwtDecoderFactory<ClientRegistration> {

    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384);

    private final Cache<List<String>, JwtDecoder> decoders = Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        var details = registration.getProviderDetails();
        String keys = details.getJwkSetUri();
        if (keys == null) {
            throw new IllegalStateException("The provider publishes no keys");
        }
        return decoders.get(
                List.of(keys, String.valueOf(details.getIssuerUri()), registration.getClientId()),
                key -> decoder(keys, registration));
    }

    private static JwtDecoder decoder(String keys, ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .jwsAlgorithms(all -> all.addAll(ALGORITHMS))
                .restOperations(new RestTemplate(Registrations.requests()))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }
}
