package dev.parley.gateway.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask for what.
 *
 * @param openApiPaths API paths that need no token; a token that is sent is neither verified nor passed on
 * @param selfVerifiedApiPaths API paths whose service looks at the token by itself, which may have expired: passed on as it is
 * @param contentSecurityPolicy what the web client may load and connect to
 */
@ConfigurationProperties("parley.gateway.access")
public record AccessSettings(
        @DefaultValue({"/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/config"})
        List<String> openApiPaths,

        @DefaultValue("/api/v1/auth/logout") List<String> selfVerifiedApiPaths,

        @DefaultValue(
                "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob: https:; media-src 'self' blob:;"
                        + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'")
        String contentSecurityPolicy) {}
