package dev.parley.gateway.access;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;

/** Answers browsers that ask whether a page of another site may use the platform. */
@Component
@ConditionalOnProperty("parley.gateway.cors.allowed-origins")
final class CorsFilter extends CorsWebFilter implements Ordered {

    CorsFilter(CorsSettings settings) {
        super(everywhere(configuration(settings)));
    }

    private static CorsConfigurationSource everywhere(CorsConfiguration configuration) {
        return exchange -> configuration;
    }

    private static CorsConfiguration configuration(CorsSettings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(settings.allowedHeaders());
        cors.setExposedHeaders(settings.exposedHeaders());
        cors.setMaxAge(settings.maxAge());
        cors.setAllowCredentials(true);
        cors.validateAllowCredentials();
        return cors;
    }

    /** Before authentication: a preflight request carries no token. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
