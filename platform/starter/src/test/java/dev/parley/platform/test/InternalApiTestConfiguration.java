package dev.parley.platform.test;

import dev.parley.internalapi.CallProbe;
import dev.parley.internalapi.InternalApi;
import dev.parley.internalapi.InternalApiChecks;
import dev.parley.internalapi.InternalCall.Side;
import dev.parley.platform.service.HttpClientCustomizer;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Has each service that a test starts watched: what it asks other services or their stubs, what it is asked and answers, and
 * which internal endpoints it has. Spring Boot finds this by itself. A made-up service, which has no document, says
 * {@code parley.test.internal-api=false}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "parley.test.internal-api", matchIfMissing = true)
public class InternalApiTestConfiguration {

    @Bean
    HttpClientCustomizer watchedClient() {
        return client ->
                client.doOnChannelInit((observer, channel, address) -> CallProbe.install(Side.CALLER, channel));
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> watchedServer() {
        return factory -> factory.addServerCustomizers(server ->
                server.doOnChannelInit((observer, channel, address) -> CallProbe.install(Side.OWNER, channel)));
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> internalEndpointsAreDocumented(
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            ObjectProvider<NettyRouteProvider> routes,
            Environment environment) {
        return ready -> {
            Set<String> served = new TreeSet<>();
            mappings.forEach(mapping -> served.addAll(endpoints(mapping)));
            routes.forEach(provider -> served.addAll(endpoints(provider)));
            InternalApiChecks checks = InternalApiChecks.shared();
            checks.add(checks.api().differences(environment.getRequiredProperty("spring.application.name"), served));
        };
    }

    private static Set<String> endpoints(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getMethodsCondition().getMethods().stream()
                        .flatMap(method -> info.getPatternsCondition().getPatterns().stream()
                                .map(pattern -> endpoint(method.name(), pattern.getPatternString()))))
                .filter(endpoint -> endpoint.contains(' ' + InternalApi.PATHS))
                .collect(Collectors.toSet());
    }

    /** Has the provider register its direct routes with something that only notes them. */
    private static Set<String> endpoints(NettyRouteProvider provider) {
        Set<String> found = new TreeSet<>();
        HttpServerRoutes noting = (HttpServerRoutes) Proxy.newProxyInstance(
                HttpServerRoutes.class.getClassLoader(),
                new Class<?>[] {HttpServerRoutes.class},
                (routes, method, arguments) -> {
                    if (arguments != null
                            && arguments[0] instanceof String path
                            && path.startsWith(InternalApi.PATHS)) {
                        found.add(endpoint(method.getName().toUpperCase(), path));
                    }
                    return routes;
                });
        provider.apply(noting);
        return found;
    }

    private static String endpoint(String method, String path) {
        return InternalApi.name(method, path);
    }
}
