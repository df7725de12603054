package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorRenderer;
import dev.parley.platform.error.PlatformError;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
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
    SecurityWebFilterChain serviceSecurity(
            ServerHttpSecurity http, @Value("${parley.service-secret:}") String secret, ErrorRenderer errors) {
        ServiceGate gate = new ServiceGate(new ServiceCredentials(secret), errors);
        return stateless(http)
                .securityMatcher(new PathPatternParserServerWebExchangeMatcher(ServiceGate.PATHS))
                .addFilterAt(gate, SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(paths -> paths.anyExchange().permitAll())
                .build();
    }

    /** Nothing of a browser's session: a request is judged by what it brings. */
    private static ServerHttpSecurity stateless(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
    }

    @Bean
    SecurityWebFilterChain platformSecurity(
            ServerHttpSecurity http, SecuritySettings settings, TokenVerifier verifier, ErrorRenderer errors) {
        RefusedToken refused = new RefusedToken(errors);
        return stateless(http)
                .authorizeExchange(paths -> paths.pathMatchers(publicPaths(settings))
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .oauth2ResourceServer(
                        server -> server.jwt(jwt -> jwt.jwtDecoder(verifier)).authenticationEntryPoint(refused))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refused)
                        .accessDeniedHandler((exchange, denied) ->
                                errors.render(exchange, ApiException.of(PlatformError.FORBIDDEN, "Not allowed"))))
                .addFilterAfter(new HeaderConsistency(), SecurityWebFiltersOrder.SECURITY_CONTEXT_SERVER_WEB_EXCHANGE)
                .build();
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
