package org.colonnade.identity.request;

import org.colonnade.identity.oidc.ProviderLogin;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;

/** One chain for everything. Who may do what is decided where it is known: by the room that owns the thing. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, IdentificationFilter identification, ForgeryRules rules, ProviderLogin providers)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .oauth2Login(providers)
                .addFilterBefore(new ForeignRequestFilter(rules), CsrfFilter.class)
                .addFilterBefore(identification, ForeignRequestFilter.class)
                .csrf(csrf ->
                        csrf.csrfTokenRepository(new DerivedForgeryTokens()).requireCsrfProtectionMatcher(rules))
                .build();
    }

    /** The filter stands in the security chain; the servlet container shall not run it a second time. */
    @Bean
    FilterRegistrationBean<IdentificationFilter> identificationOnlyInTheChain(IdentificationFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }
}
