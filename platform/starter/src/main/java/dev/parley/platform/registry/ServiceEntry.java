package dev.parley.platform.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the platform must know about a service.
 *
 * @param application the class that starts the service; needed only where it shares a JVM with others
 * @param port where the service listens unless it is configured otherwise; its default address follows from it
 * @param health the path that answers 200 while the service is ready
 * @param required whether the platform counts as started only once this service was ready
 * @param severalNodes whether the service runs in several nodes of which the gateway chooses one; otherwise one address
 *     leads to the service, however many processes are behind it
 * @param routes the requests that the gateway passes to the service; of all services' routes the most specific one wins
 * @param sockets path patterns under which the service takes WebSockets and their long polls
 * @param openPaths API paths that need no token
 * @param selfVerifiedPaths API paths whose token the service verifies by itself
 * @param filePaths API paths that take and give files: they may be large, and take long as long as something comes
 * @param jsonFilePaths API paths that take a file in JSON: it may be as large as on the others
 */
public record ServiceEntry(
        @Nullable String application,
        int port,
        @DefaultValue("/actuator/health/readiness") String health,
        @DefaultValue("true") boolean required,
        @DefaultValue("false") boolean severalNodes,
        @DefaultValue List<ServiceRoute> routes,
        @DefaultValue List<String> sockets,
        @DefaultValue List<String> openPaths,
        @DefaultValue List<String> selfVerifiedPaths,
        @DefaultValue List<String> filePaths,
        @DefaultValue List<String> jsonFilePaths) {}
