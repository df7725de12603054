package dev.parley.gateway.route;

import dev.parley.gateway.node.PresenceNodes;
import dev.parley.gateway.socket.SocketProxy;
import dev.parley.gateway.upstream.UpstreamSettings;
import dev.parley.gateway.upstream.Upstreams;
import dev.parley.platform.service.ServiceAddresses;
import java.net.URI;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.Buildable;
import org.springframework.cloud.gateway.route.builder.GatewayFilterSpec;
import org.springframework.cloud.gateway.route.builder.PredicateSpec;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;

/** Which service serves which path. What is not listed here is not reachable from outside. */
@Configuration(proxyBeanMethods = false)
class Routes {

    /** Behind the filter that writes the answer, so that a guard ends where the answer begins. */
    private static final int GUARD_ORDER = 0;

    /** Behind the filter that makes the address of the service from the route, to put the node's in its place. */
    private static final int NODE_ORDER = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;

    private final Upstreams upstreams;
    private final PresenceNodes nodes;
    private final UpstreamSettings settings;

    Routes(Upstreams upstreams, PresenceNodes nodes, UpstreamSettings settings) {
        this.upstreams = upstreams;
        this.nodes = nodes;
        this.settings = settings;
    }

    @Bean
    RouteLocator platformRoutes(RouteLocatorBuilder builder, ServiceAddresses services, SocketPrefixes prefixes) {
        RouteLocatorBuilder.Builder routes = builder.routes()
                .route("presence", path -> presence(path, "/api/v1/users/*/last-seen"))
                .route(
                        "auth",
                        path -> rest(
                                path,
                                "auth",
                                services.of("auth"),
                                "/api/v1/auth/**",
                                "/api/v1/users/**",
                                "/.well-known/jwks.json"))
                // Clearing a history is a matter of the one who clears it: no message changes.
                .route(
                        "clearing",
                        path -> rest(
                                path.method(HttpMethod.DELETE).and(),
                                "conversation",
                                services.of("conversation"),
                                "/api/v1/conversations/*/messages"))
                .route(
                        "message",
                        path -> rest(
                                path,
                                "message",
                                services.of("message"),
                                "/api/v1/conversations/*/messages/**",
                                "/api/v1/conversations/*/files",
                                "/api/v1/messages/**"))
                .route(
                        "conversation",
                        path -> rest(path, "conversation", services.of("conversation"), "/api/v1/conversations/**"))
                .route("sockets", path -> sockets(path, "", 0));
        for (String prefix : prefixes.socketPrefixes()) {
            int segments = StringUtils.countOccurrencesOf(prefix, "/");
            routes.route("sockets" + prefix, path -> sockets(path, prefix, segments));
        }
        return routes.build();
    }

    private Buildable<Route> rest(PredicateSpec path, String service, URI address, String... patterns) {
        return path.path(patterns)
                .filters(filters -> guarded(filters, service))
                .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, millis(settings.responseTimeout()))
                .uri(address);
    }

    private Buildable<Route> presence(PredicateSpec path, String... patterns) {
        return path.path(patterns)
                .filters(filters -> filters.filter(nodes.calls(), NODE_ORDER))
                .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, millis(settings.responseTimeout()))
                .uri(firstNode());
    }

    private Buildable<Route> sockets(PredicateSpec path, String prefix, int segments) {
        return path.path(prefix + "/socket.io/**")
                .filters(filters -> filters.filter(nodes.sockets(), NODE_ORDER).stripPrefix(segments))
                .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, millis(settings.pollTimeout()))
                .metadata(SocketProxy.ALLOWED, true)
                .uri(firstNode());
    }

    /** A route must lead somewhere before a node is chosen. */
    private URI firstNode() {
        return nodes.addresses().get(0);
    }

    private GatewayFilterSpec guarded(GatewayFilterSpec filters, String service) {
        return filters.filter(upstreams.guard(service), GUARD_ORDER);
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
