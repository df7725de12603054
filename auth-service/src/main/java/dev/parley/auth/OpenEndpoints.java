package dev.parley.auth;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/**
 * The endpoints that bring their own proof, such as a password or a refresh token. They have a filter chain of their
 * own that does not look at bearer tokens: clients send their access token with everything, and one that has expired
 * must not keep them from refreshing it.
 */
@Configuration(proxyBeanMethods = false)
class OpenEndpoints {

    @Bean
    @Order(0)
    SecurityWebFilterChain openEndpointsSecurity(ServerHttpSecurity http) {
        return http.securityMatcher(new OrServerWebExchangeMatcher(
                        post("/api/v1/auth/register"),
                        post("/api/v1/auth/login"),
                        post("/api/v1/auth/refresh"),
                        post("/api/v1/auth/logout")))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(paths -> paths.anyExchange().permitAll())
                .build();
    }

    private static PathPatternParserServerWebExchangeMatcher post(String path) {
        return new PathPatternParserServerWebExchangeMatcher(path, HttpMethod.POST);
    }
}
