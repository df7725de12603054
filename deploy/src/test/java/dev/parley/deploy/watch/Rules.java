package dev.parley.deploy.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The rules of Prometheus that are kept here. */
final class Rules {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path PROMETHEUS = ROOT.resolve("deploy/prometheus");

    private Rules() {}

    /** Each a map with {@code alert} or {@code record}, {@code expr} and what else there is. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> of(String file) throws IOException {
        Map<String, List<Map<String, Object>>> read = new Yaml().load(Files.readString(PROMETHEUS.resolve(file)));
        return read.get("groups").stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }

    static Set<String> recorded() throws IOException {
        return of("recordings.yml").stream()
                .map(rule -> (String) rule.get("record"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<Path> files(Path folder, String extension) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        }
    }
}
