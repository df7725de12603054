package dev.parley.standalone;

import dev.parley.platform.boot.StartupException;
import dev.parley.platform.registry.ServiceEntry;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.standalone.backing.BackingOptions;
import dev.parley.standalone.service.NodeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment ask for.
 *
 * @param port the public port; 0 for any free one
 * @param data where the embedded parts keep their data
 * @param startLimit how long everything together may take to start
 * @param openTenants whether anybody may register with any tenant, which is made then
 * @param backup where to make a backup of the platform that runs on the data; null to do something else
 * @param restore the backup to make the data of; null to do something else
 * @param withoutSecrets whether to restore without the keys that were in use
 * @param exitWhenReady whether to stop once everything has started, which is how a start is rehearsed
 */
record Options(
        int port,
        Path data,
        BackingOptions backing,
        NodeOptions nodes,
        Duration startLimit,
        boolean openTenants,
        @Nullable Path backup,
        @Nullable Path restore,
        boolean withoutSecrets,
        boolean exitWhenReady) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NODES = 8;
    private static final int DEFAULT_START_SECONDS = 180;
    private static final int MAX_START_SECONDS = 3_600;
    private static final String DEFAULT_NODE_HEAP = "256m";
    private static final Pattern NODE_COUNT = Pattern.compile("--(.+)-nodes");
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kKmMgG]");

    /** @throws StartupException if an argument is unknown or cannot be read */
    static Options of(String[] args, Map<String, String> environment, ServiceRegistry registry) {
        int port = DEFAULT_PORT;
        Path data = Path.of("data");
        Map<String, Integer> nodes = new HashMap<>();
        String nodeHeap = DEFAULT_NODE_HEAP;
        Duration startLimit = Duration.ofSeconds(DEFAULT_START_SECONDS);
        boolean openTenants = false;
        Path backup = null;
        Path restore = null;
        boolean withoutSecrets = false;
        boolean exitWhenReady = false;
        for (int i = 0; i < args.length; i++) {
            String name = args[i];
            String value = "";
            if (name.equals("--exit-when-ready")) {
                exitWhenReady = true;
                continue;
            }
            if (name.equals("--open-tenants")) {
                openTenants = true;
                continue;
            }
            if (name.equals("--without-secrets")) {
                withoutSecrets = true;
                continue;
            }
            int equals = name.indexOf('=');
            if (equals >= 0) {
                value = name.substring(equals + 1);
                name = name.substring(0, equals);
            } else if (i + 1 < args.length) {
                value = args[++i];
            }
            switch (name) {
                case "--port" -> port = number(name, value, 0, MAX_PORT);
                case "--data" -> data = folder(name, value);
                case "--backup" -> backup = folder(name, value);
                case "--restore" -> restore = folder(name, value);
                case "--node-heap" -> nodeHeap = heap(value);
                case "--start-limit" -> startLimit = Duration.ofSeconds(number(name, value, 1, MAX_START_SECONDS));
                default -> nodes.put(serviceOf(name, registry), number(name, value, 1, MAX_NODES));
            }
        }
        return new Options(
                port,
                data,
                new BackingOptions(
                        given(environment, "MONGODB_URI"),
                        given(environment, "KAFKA_BOOTSTRAP_SERVERS"),
                        given(environment, "PATH")),
                new NodeOptions(nodes, nodeHeap, startLimit),
                startLimit,
                openTenants,
                backup,
                restore,
                withoutSecrets,
                exitWhenReady);
    }

    /**
     * What the services are told beside what their launcher tells them.
     *
     * @param publicPort where the gateway serves: a free one where {@link #port} is 0
     */
    List<String> serviceSettings(int publicPort) {
        List<String> settings = new ArrayList<>();
        settings.add("--parley.public-port=" + publicPort);
        if (openTenants) {
            settings.add("--parley.auth.tenants.on-demand=true");
        }
        return settings;
    }

    /** Each service that runs in several nodes has an option for their number, such as {@code --presence-nodes}. */
    private static String serviceOf(String option, ServiceRegistry registry) {
        Matcher nodes = NODE_COUNT.matcher(option);
        if (nodes.matches()) {
            ServiceEntry service = registry.registry().get(nodes.group(1));
            if (service != null && service.severalNodes()) {
                return nodes.group(1);
            }
        }
        throw new StartupException("Unknown option " + option + " (see ./run --help)");
    }

    private static int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw new StartupException(name + " takes a number from 1 to " + most + ", not '" + value + "'");
    }

    private static Path folder(String name, String value) {
        if (value.isBlank()) {
            throw new StartupException(name + " takes a folder");
        }
        return Path.of(value);
    }

    private static String heap(String value) {
        if (!HEAP.matcher(value).matches()) {
            throw new StartupException("--node-heap takes a size such as 256m, not '" + value + "'");
        }
        return value;
    }

    private static @Nullable String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
