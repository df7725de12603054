package dev.parley.gateway.docs;

import dev.parley.platform.security.AllowedMethods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;

/**
 * Which methods the paths of the API have, by its document. The gateway only tells clients so: what it passes on is not
 * decided here, since a newer service may have more.
 */
@Component
final class DocumentedMethods implements AllowedMethods {

    private record Path(PathPattern pattern, Set<HttpMethod> methods) {

        private static Path of(Map.Entry<String, JsonNode> documented) {
            return new Path(
                    PathPatternParser.defaultInstance.parse(documented.getKey()),
                    documented.getValue().propertyNames().stream()
                            .filter(OpenApiDocument.METHODS::contains)
                            .map(method -> HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.toSet()));
        }
    }

    private final List<Path> paths = new ArrayList<>();

    DocumentedMethods(OpenApiDocument api) {
        api.document().path("paths").properties().forEach(documented -> paths.add(Path.of(documented)));
    }

    @Override
    public Set<HttpMethod> of(PathContainer asked) {
        Set<HttpMethod> methods = new HashSet<>();
        for (Path path : paths) {
            if (path.pattern().matches(asked)) {
                methods.addAll(path.methods());
            }
        }
        return methods;
    }
}
