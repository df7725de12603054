package dev.parley.gateway.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask for what.
 *
 * @param openApiPaths API paths that need no token; a token that is sent is neither verified nor passed on. Replaces what
 *     the registry says of the services
 * @param selfVerifiedApiPaths API paths whose service verifies the token by itself; it is passed on as it is. Replaces what
 *     the registry says of the services
 * @param contentSecurityPolicy what the web client may load and connect to
 */
@ConfigurationProperties("parley.gateway.access")
record AccessSettings(
        @Nullable List<String> openApiPaths,
        @Nullable List<String> selfVerifiedApiPaths,

        @DefaultValue(
                "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob: https:; media-src 'self' blob:;"
                        + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'")
        String contentSecurityPolicy) {}
