package dev.parley.gateway.route;

import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.registry.ServiceRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The routes of all services, the most specific first, so that no service need know another's routes. */
final class RouteTable {

    /** One route, with the name of its service. */
    record Line(String service, ServiceRoute route, PathPattern pattern) {

        private static Line of(String service, ServiceRoute route) {
            return new Line(service, route, PathPatternParser.defaultInstance.parse(route.pattern()));
        }
    }

    /** Of two routes with the same pattern, the one with a method is more specific. */
    private static final Comparator<Line> MOST_SPECIFIC_FIRST = Comparator.comparing(
                    Line::pattern, PathPattern.SPECIFICITY_COMPARATOR)
            .thenComparing(line -> line.route().method() == null)
            .thenComparing(line -> line.route().toString());

    private RouteTable() {}

    static List<Line> of(ServiceRegistry registry) {
        List<Line> lines = new ArrayList<>();
        registry.registry().forEach((name, entry) -> entry.routes().forEach(route -> lines.add(Line.of(name, route))));
        lines.sort(MOST_SPECIFIC_FIRST);
        return lines;
    }
}
