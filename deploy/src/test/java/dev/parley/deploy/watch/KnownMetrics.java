package dev.parley.deploy.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The series that the page of all metrics stands for, and those that the recording rules add. */
final class KnownMetrics {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*) \\|");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

    /** What Prometheus adds to everything that it scrapes. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    private final Map<String, Set<String>> labels = new TreeMap<>();

    KnownMetrics(Path root, Set<String> recorded) throws IOException {
        ROW.matcher(Files.readString(root.resolve("docs/metrics.md"))).results().forEach(row -> {
            Set<String> own = LABEL.matcher(row.group(3))
                    .results()
                    .map(label -> label.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            add(row.group(1), row.group(2), own);
        });
        recorded.forEach(name -> labels.put(name, Set.of()));
        labels.put("up", ADDED);
    }

    private void add(String name, String type, Set<String> own) {
        own.addAll(ADDED);
        if (type.equals("summary") || type.equals("histogram")) {
            Set.of("_count", "_sum", "_max").forEach(suffix -> labels.put(name + suffix, own));
            if (type.equals("histogram")) {
                Set<String> bounded = new TreeSet<>(own);
                bounded.add("le");
                labels.put(name + "_bucket", bounded);
            }
        } else {
            labels.put(name, own);
        }
    }

    /** The labels of a series; null if no service has it. */
    @Nullable Set<String> labelsOf(String series) {
        return labels.get(series);
    }
}
