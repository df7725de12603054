package dev.parley.deploy.chart;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The environment variables that a service reads: its settings, Spring Boot's, and those that its configuration names. */
public final class KnownSettings {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Set<String> OF_LIBRARIES = Set.of(
            "JAVA_TOOL_OPTIONS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Properties of Spring Boot and whether anything may stand below them. */
    private static final Map<String, Boolean> OF_BOOT = propertiesOfBoot();

    /** By the package that they stand under. */
    private static final Map<String, List<Class<?>>> SETTINGS = new ConcurrentHashMap<>();

    private static final Map<String, KnownSettings> KNOWN = new ConcurrentHashMap<>();

    private final Set<String> names = new TreeSet<>(OF_LIBRARIES);
    private final Set<String> prefixes = new TreeSet<>();

    private KnownSettings() {}

    public static KnownSettings of(String service) {
        return KNOWN.computeIfAbsent(service, KnownSettings::find);
    }

    private static KnownSettings find(String service) {
        KnownSettings known = new KnownSettings();
        OF_BOOT.forEach(known::add);
        settings(service)
                .forEach(type -> known.addRecord(
                        type.getAnnotation(ConfigurationProperties.class).value(), type));
        known.addPlaceholders("parley-defaults.yml");
        known.addPlaceholders(PlatformService.configurationName(service) + ".yml");
        // What PlatformDefaults makes of the registry.
        known.names.add("PORT");
        ServiceRegistry.load().registry().keySet().forEach(other -> {
            known.names.add(ServiceRegistry.addressVariable(other));
            known.add("parley.services." + other, false);
        });
        return known;
    }

    public boolean has(String variable) {
        return names.contains(variable) || prefixes.stream().anyMatch(variable::startsWith);
    }

    /** The records that a service binds: those of its own packages and of the platform's. */
    static List<Class<?>> settings(String service) {
        return Stream.of("dev.parley." + service, "dev.parley.platform", "dev.parley.surface")
                .flatMap(root -> SETTINGS.computeIfAbsent(root, KnownSettings::scan).stream())
                .toList();
    }

    private static List<Class<?>> scan(String root) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents(root).stream()
                .map(BeanDefinition::getBeanClassName)
                .<Class<?>>map(KnownSettings::load)
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As Spring Boot writes a property in the environment. */
    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private void add(String property, boolean hasEntries) {
        names.add(variable(property));
        if (hasEntries) {
            prefixes.add(variable(property) + "_");
        }
    }

    private void addRecord(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String property = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Class<?> raw = raw(component.getGenericType());
            if (raw.isRecord()) {
                addRecord(property, raw);
            } else {
                add(property, Map.class.isAssignableFrom(raw));
            }
        }
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private void addPlaceholders(String file) {
        try (InputStream content = KnownSettings.class.getResourceAsStream("/" + file)) {
            if (content == null) {
                throw new IllegalStateException("There is no " + file);
            }
            PLACEHOLDER
                    .matcher(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .forEach(found -> names.add(found.group(1)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Boolean> propertiesOfBoot() {
        Map<String, Boolean> properties = new TreeMap<>();
        try {
            for (URL url : Collections.list(KnownSettings.class.getClassLoader().getResources(METADATA))) {
                try (InputStream content = url.openStream()) {
                    JSON.readTree(content)
                            .path("properties")
                            .forEach(property -> properties.put(
                                    property.path("name").asText(),
                                    property.path("type").asText().startsWith("java.util.Map")));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties;
    }
}
