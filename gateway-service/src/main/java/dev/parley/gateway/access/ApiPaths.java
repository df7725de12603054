package dev.parley.gateway.access;

import dev.parley.platform.registry.ServiceEntry;
import dev.parley.platform.registry.ServiceRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.stereotype.Component;

/** Knows the API paths at which the gateway does not verify tokens. */
@Component
final class ApiPaths {

    /** Answered by the gateway itself. */
    private static final String CLIENT_CONFIG = "/api/v1/config";

    private final ServerWebExchangeMatcher open;
    private final ServerWebExchangeMatcher selfVerified;

    ApiPaths(ServiceRegistry registry, AccessSettings settings) {
        List<String> openPaths = settings.openApiPaths();
        List<String> selfVerifiedPaths = settings.selfVerifiedApiPaths();
        this.open = matcher(
                openPaths == null
                        ? Stream.concat(Stream.of(CLIENT_CONFIG), all(registry, ServiceEntry::openPaths))
                        : openPaths.stream());
        this.selfVerified = matcher(
                selfVerifiedPaths == null
                        ? all(registry, ServiceEntry::selfVerifiedPaths)
                        : selfVerifiedPaths.stream());
    }

    private static Stream<String> all(ServiceRegistry registry, Function<ServiceEntry, List<String>> paths) {
        return registry.registry().values().stream().map(paths).flatMap(List::stream);
    }

    private static ServerWebExchangeMatcher matcher(Stream<String> paths) {
        return ServerWebExchangeMatchers.pathMatchers(paths.toArray(String[]::new));
    }

    /** Paths that need no token. */
    ServerWebExchangeMatcher open() {
        return open;
    }

    /** Paths whose service verifies the token by itself. */
    ServerWebExchangeMatcher selfVerified() {
        return selfVerified;
    }
}
