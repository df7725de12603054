package dev.parley.platform.registry;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * All services behind the gateway. Each {@code META-INF/parley/services.yml} on the class path adds entries; the platform's
 * own are in the starter. Any other source of configuration may add an entry or change a part of one.
 *
 * @param registry the entries by the services' names, sorted
 */
@ConfigurationProperties("parley")
public record ServiceRegistry(@DefaultValue Map<String, ServiceEntry> registry) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final int MAX_PORT = 65_535;

    public ServiceRegistry {
        registry = Collections.unmodifiableMap(new TreeMap<>(registry));
        Map<String, String> routes = new HashMap<>();
        registry.forEach((name, entry) -> {
            String property = "parley.registry." + name;
            check(
                    NAME.matcher(name).matches(),
                    property + ": a service's name has lower-case letters, digits and dashes");
            check(entry.port() > 0 && entry.port() <= MAX_PORT, property + ".port must be from 1 to " + MAX_PORT);
            check(entry.health().startsWith("/"), property + ".health must be a path");
            check(
                    entry.sockets().isEmpty() || entry.severalNodes(),
                    property + ".several-nodes must be true for a service with sockets");
            entry.sockets().forEach(path -> check(path.startsWith("/"), property + ".sockets must be paths"));
            entry.routes().forEach(route -> {
                String other = routes.putIfAbsent(route.toString(), name);
                check(other == null, property + ".routes: " + route + " is a route of the service " + other + " too");
            });
        });
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The entries that stand on the class path, with what the environment and the system properties change of them. */
    public static ServiceRegistry load() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        RegistryFiles.load().forEach(environment.getPropertySources()::addLast);
        return of(environment);
    }

    /** The entries that an environment has. */
    public static ServiceRegistry of(ConfigurableEnvironment environment) {
        return Binder.get(environment).bindOrCreate("parley", ServiceRegistry.class);
    }

    /** The environment variable that says where a service is. */
    public static String addressVariable(String name) {
        return "PARLEY_" + name.replace('-', '_').toUpperCase(Locale.ROOT) + "_URL";
    }
}
