package dev.parley.deploy.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** {@code compose.yaml}, with the values that the environment gives. */
public final class ComposeFile {

    public static final Path FOLDER = Path.of("").toAbsolutePath();

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(:[-?])([^}]*)}");
    private static final String SERVICE = "-service";

    private final Map<String, Object> content;

    private ComposeFile(Map<String, Object> content) {
        this.content = content;
    }

    /** @param required gives the values of variables that have no default */
    public static ComposeFile read(UnaryOperator<String> required) {
        try {
            String text = Files.readString(FOLDER.resolve("compose.yaml"));
            Matcher variables = VARIABLE.matcher(text);
            return new ComposeFile(new Yaml()
                    .load(variables.replaceAll(variable -> Matcher.quoteReplacement(
                            variable.group(2).equals(":-") ? variable.group(3) : required.apply(variable.group(1))))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public Map<String, Object> content() {
        return content;
    }

    /** Everything that it starts, by its name. */
    @SuppressWarnings("unchecked")
    public Map<String, Map<String, Object>> all() {
        return (Map<String, Map<String, Object>>) content.get("services");
    }

    /** The services of Parley, by their names without the ending. */
    public Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        all().forEach((name, service) -> {
            if (name.endsWith(SERVICE)) {
                services.put(name.substring(0, name.length() - SERVICE.length()), service);
            }
        });
        return services;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, String> environment(Map<String, Object> service) {
        return (Map<String, String>) service.getOrDefault("environment", Map.of());
    }

    @SuppressWarnings("unchecked")
    public static List<String> list(Map<String, Object> service, String key) {
        return (List<String>) service.getOrDefault(key, List.of());
    }
}
