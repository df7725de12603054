package dev.parley.standalone.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The file with which a service starts, whose values stand in place of the defaults of its settings. */
record ServiceFile(Map<String, String> values) {

    static ServiceFile of(Path root, String module) throws IOException {
        Path file = root.resolve(module).resolve("src/main/resources/" + module + ".yml");
        Map<String, String> values = new TreeMap<>();
        flatten("", new Yaml().load(Files.readString(file)), values);
        return new ServiceFile(values);
    }

    private static void flatten(String name, Object value, Map<String, String> values) {
        if (value instanceof Map<?, ?> parts) {
            parts.forEach((key, part) -> flatten(name.isEmpty() ? "" + key : name + "." + key, part, values));
        } else if (value instanceof List<?> entries) {
            values.put(name, entries.stream().map(String::valueOf).collect(Collectors.joining(",")));
        } else if (value != null) {
            values.put(name, String.valueOf(value));
        }
    }

    /** The service's own settings with the file's values, and those of the shared ones that it sets. */
    Stream<SettingRow> over(List<SettingRow> shared, List<SettingRow> own) {
        List<SettingRow> rows = new ArrayList<>();
        own.forEach(
                row -> rows.add(values.containsKey(row.name()) ? row.with(row.name(), values.get(row.name())) : row));
        values.forEach((name, value) -> Stream.concat(shared.stream(), own.stream())
                .filter(row -> row.isPatternOf(name)
                        || shared.contains(row) && row.name().equals(name))
                .forEach(row -> rows.add(row.with(name, value))));
        return rows.stream();
    }
}
