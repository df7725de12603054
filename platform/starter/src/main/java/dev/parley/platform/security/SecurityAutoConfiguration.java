package dev.parley.platform.security;

import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.surface.Surfaces;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.header.CacheControlServerHttpHeadersWriter;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StrictTransportSecurityServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XContentTypeOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XXssProtectionServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Every request needs a verified token, except on the paths that are named public. */
@AutoConfiguration(
        beforeName =
                "org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration")
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
public class SecurityAutoConfiguration {

    @Bean
    RevokedSessions revokedSessions(SecuritySettings settings) {
        return new RevokedSessions(settings.revokedSessionsRemembered());
    }

    /** Requests are measured, the filters that each goes through are not: it took longer than what they do. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    TokenVerifier tokenVerifier(SecuritySettings settings, RevokedSessions ended) {
        return new TokenVerifier(settings, ended);
    }

    /** What is behind the gate is asked by services, in nobody's name. */
    @Bean
    @Order(-1)
    SecurityWebFilterChain serviceSecurity(@Value("${parley.service-secret:}") String secret, ErrorRenderer errors) {
        return new MatcherSecurityWebFilterChain(
                new PathPatternParserServerWebExchangeMatcher(ServiceGate.PATHS),
                List.of(browserHeaders(), new ServiceGate(new ServiceCredentials(secret), errors)));
    }

    /** Nothing of a browser's session: a request is judged by what it brings. */
    @Bean
    SecurityWebFilterChain platformSecurity(SecuritySettings settings, TokenVerifier verifier, Surfaces surfaces) {
        TokenGate gate = new TokenGate(verifier, ServerWebExchangeMatchers.pathMatchers(publicPaths(settings)));
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.anyExchange(),
                List.of(browserHeaders(), gate, new HeaderConsistency(surfaces)));
    }

    /** Says in each answer what browsers must not do with it. */
    public static WebFilter browserHeaders() {
        return new HttpHeaderWriterWebFilter(new CompositeServerHttpHeadersWriter(
                new CacheControlServerHttpHeadersWriter(),
                new XContentTypeOptionsServerHttpHeadersWriter(),
                new StrictTransportSecurityServerHttpHeadersWriter(),
                new XFrameOptionsServerHttpHeadersWriter(),
                new XXssProtectionServerHttpHeadersWriter(),
                new ReferrerPolicyServerHttpHeadersWriter()));
    }

    private static String[] publicPaths(SecuritySettings settings) {
        return Stream.concat(Stream.of("/actuator/health/**", "/actuator/prometheus"), settings.publicPaths().stream())
                .toArray(String[]::new);
    }

    @Bean
    WebFluxConfigurer callerArgument(ObjectProvider<CallerProfiles> profiles) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new CallerArgument(profiles.getIfAvailable(() -> Mono::just)));
            }
        };
    }
}
