package dev.parley.standalone.metrics;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One line of the page. */
record MetricRow(String name, String type, Collection<String> labels, String text) {

    String line() {
        String all =
                new TreeSet<>(labels).stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |".formatted(name, type, all.isEmpty() ? "–" : all, text);
    }
}
