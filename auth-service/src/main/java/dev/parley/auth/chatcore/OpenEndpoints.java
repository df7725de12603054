package dev.parley.auth.chatcore;

import dev.parley.platform.security.SecurityAutoConfiguration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/**
 * The endpoints that need no access token, because the request holds a password or a refresh token. Their filter chain ignores
 * bearer tokens: clients send their access token with every request, and an expired one must not stop them from refreshing it.
 */
@Configuration(proxyBeanMethods = false)
class OpenEndpoints {

    @Bean
    @Order(0)
    SecurityWebFilterChain openEndpointsSecurity() {
        return new MatcherSecurityWebFilterChain(
                new OrServerWebExchangeMatcher(
                        post("/api/v1/auth/register"),
                        post("/api/v1/auth/login"),
                        post("/api/v1/auth/refresh"),
                        post("/api/v1/auth/logout")),
                List.of(SecurityAutoConfiguration.browserHeaders()));
    }

    private static PathPatternParserServerWebExchangeMatcher post(String path) {
        return new PathPatternParserServerWebExchangeMatcher(path, HttpMethod.POST);
    }
}
