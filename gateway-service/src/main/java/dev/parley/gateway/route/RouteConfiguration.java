package dev.parley.gateway.route;

import dev.parley.gateway.limit.BodyLimits;
import dev.parley.gateway.node.NodeDirectory;
import dev.parley.gateway.upstream.AnswerTimeout;
import dev.parley.gateway.upstream.CircuitBreakers;
import dev.parley.gateway.upstream.UpstreamSettings;
import dev.parley.gateway.websocket.WebSocketProxy;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.registry.ServiceRoute;
import dev.parley.platform.service.ServiceAddresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
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
import org.springframework.web.server.ServerWebExchange;

/** Makes the gateway's routes from the registry. What no entry lists cannot be reached from outside. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    /** After the filter that writes the answer, so that the circuit breaker's part ends where the answer begins. */
    private static final int BREAKER_ORDER = 0;

    /** After the filter that makes the service's address from the route, to replace it by a node's. */
    private static final int NODE_ORDER = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;

    /** For each node that is asked, so that the circuit breaker of that node counts it. */
    private static final int TIMEOUT_ORDER = NODE_ORDER + 1;

    private final ServiceRegistry registry;
    private final ServiceAddresses addresses;
    private final CircuitBreakers breakers;
    private final NodeDirectory nodes;
    private final BodyLimits bodies;
    private final UpstreamSettings settings;

    RouteConfiguration(
            ServiceRegistry registry,
            ServiceAddresses addresses,
            CircuitBreakers breakers,
            NodeDirectory nodes,
            BodyLimits bodies,
            UpstreamSettings settings) {
        this.registry = registry;
        this.addresses = addresses;
        this.breakers = breakers;
        this.nodes = nodes;
        this.bodies = bodies;
        this.settings = settings;
    }

    @Bean
    RouteLocator platformRoutes(RouteLocatorBuilder builder, SocketPrefixes prefixes) {
        RouteLocatorBuilder.Builder routes = builder.routes();
        for (RouteTable.Line line : RouteTable.of(registry)) {
            routes.route(line.service() + " " + line.route(), path -> requests(path, line.service(), line.route()));
        }
        registry.registry().forEach((service, entry) -> {
            for (String pattern : entry.sockets()) {
                for (String prefix : withNone(prefixes.socketPrefixes())) {
                    routes.route(service + " " + prefix + pattern, path -> sockets(path, service, prefix, pattern));
                }
            }
        });
        return routes.build();
    }

    private static List<String> withNone(List<String> prefixes) {
        List<String> all = new ArrayList<>(List.of(""));
        all.addAll(prefixes);
        return all;
    }

    private Buildable<Route> requests(PredicateSpec path, String service, ServiceRoute route) {
        PredicateSpec method = route.method() == null
                ? path
                : path.method(HttpMethod.valueOf(route.method())).and();
        return method.path(route.pattern())
                .filters(filters -> calls(filters, service))
                .uri(addresses.of(service));
    }

    /** A node that does not answer leaves half of the time to another one, if another may be asked. */
    private GatewayFilterSpec calls(GatewayFilterSpec filters, String service) {
        Duration limit = settings.responseTimeout();
        return nodes.has(service)
                ? filters.filter(allNodesTimeout(limit), BREAKER_ORDER)
                        .filter(nodes.of(service).calls(), NODE_ORDER)
                        .filter(answerTimeoutOfNode(limit), TIMEOUT_ORDER)
                : filters.filter(breakers.guard(service), BREAKER_ORDER).filter(answerTimeout(limit), TIMEOUT_ORDER);
    }

    /** Of a GET, which several may be asked one after the other. Anything else waits for one alone, within the time of that one. */
    private static GatewayFilter allNodesTimeout(Duration limit) {
        AnswerTimeout ofReads = new AnswerTimeout(limit);
        return (exchange, chain) -> isGet(exchange) ? ofReads.filter(exchange, chain) : chain.filter(exchange);
    }

    private AnswerTimeout answerTimeout(Duration limit) {
        return new AnswerTimeout(limit, bodies, settings.uploadTimeout());
    }

    private GatewayFilter answerTimeoutOfNode(Duration limit) {
        AnswerTimeout ofReads = new AnswerTimeout(limit.dividedBy(2));
        AnswerTimeout ofOthers = answerTimeout(limit);
        return (exchange, chain) ->
                isGet(exchange) ? ofReads.filter(exchange, chain) : ofOthers.filter(exchange, chain);
    }

    private static boolean isGet(ServerWebExchange exchange) {
        return HttpMethod.GET.equals(exchange.getRequest().getMethod());
    }

    private Buildable<Route> sockets(PredicateSpec path, String service, String prefix, String pattern) {
        return path.path(prefix + pattern)
                .filters(filters -> filters.filter(nodes.of(service).sockets(), NODE_ORDER)
                        .stripPrefix(StringUtils.countOccurrencesOf(prefix, "/")))
                .metadata(
                        RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR,
                        settings.pollTimeout().toMillis())
                .metadata(WebSocketProxy.ALLOWED, true)
                .uri(addresses.of(service));
    }
}
