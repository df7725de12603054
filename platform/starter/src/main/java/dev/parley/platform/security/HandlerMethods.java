package dev.parley.platform.security;

import java.util.HashSet;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** The methods that the service's own controllers take. */
final class HandlerMethods implements AllowedMethods {

    private final RequestMappingHandlerMapping handlers;

    HandlerMethods(RequestMappingHandlerMapping handlers) {
        this.handlers = handlers;
    }

    @Override
    public Set<HttpMethod> of(PathContainer path) {
        Set<HttpMethod> methods = new HashSet<>();
        for (RequestMappingInfo mapping : handlers.getHandlerMethods().keySet()) {
            if (mapping.getPatternsCondition().getPatterns().stream().anyMatch(pattern -> pattern.matches(path))) {
                mapping.getMethodsCondition().getMethods().stream()
                        .map(RequestMethod::asHttpMethod)
                        .forEach(methods::add);
            }
        }
        return methods;
    }
}
