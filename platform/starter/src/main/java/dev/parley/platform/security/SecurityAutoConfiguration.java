package dev.parley.platform.security;

import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.surface.Surfaces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
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
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
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
    RevokedSessions revokedSessions(SecuritySettings settings, MeterRegistry meters) {
        RevokedSessions sessions =
                new RevokedSessions(settings.revokedSessionsRemembered(), settings.maxRevokedSessions());
        Gauge.builder("parley.security.revoked-sessions", sessions, RevokedSessions::size)
                .description("Ended sessions that are remembered")
                .register(meters);
        return sessions;
    }

    /** Requests are measured; the single filters are not, because measuring them took longer than they do. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    TokenVerifier tokenVerifier(SecuritySettings settings, RevokedSessions ended, MeterRegistry meters) {
        return new TokenVerifier(settings, ended, meters);
    }

    /** Every service has a firewall; Spring finds its handler by the type. */
    @Bean
    ServerExchangeRejectedHandler firewallRejectionHandler() {
        return new FirewallRejectionHandler();
    }

    /** No handler takes an unusual method, such as {@code TRACE}: it is answered like any other that the path lacks. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    @ConditionalOnMissingBean
    AllowedMethods allowedMethods(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        return new HandlerMethods(handlers);
    }

    @Bean
    LackingMethodFilter lackingMethodFilter(AllowedMethods methods) {
        return new LackingMethodFilter(methods);
    }

    /** On these paths services call each other, in nobody's name. */
    @Bean
    @Order(-1)
    SecurityWebFilterChain serviceSecurity(@Value("${parley.service-secret:}") String secret, ErrorRenderer errors) {
        return new MatcherSecurityWebFilterChain(
                new PathPatternParserServerWebExchangeMatcher(ServiceCredentialsFilter.PATHS),
                List.of(browserHeaders(), new ServiceCredentialsFilter(new ServiceCredentials(secret), errors)));
    }

    /** A request is judged by its token alone: there is no browser session, no cookie and no CSRF check. */
    @Bean
    SecurityWebFilterChain platformSecurity(SecuritySettings settings, TokenVerifier verifier, Surfaces surfaces) {
        BearerTokenFilter tokens =
                new BearerTokenFilter(verifier, ServerWebExchangeMatchers.pathMatchers(publicPaths(settings)));
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.anyExchange(),
                List.of(browserHeaders(), tokens, new HeaderCheckFilter(surfaces)));
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
                configurer.addCustomResolver(new CallerArgumentResolver(profiles.getIfAvailable(() -> Mono::just)));
            }
        };
    }
}
