package dev.parley.platform.boot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * A service as a program. Its configuration file is {@code <name>.yml}, not {@code application.yml}, so that several
 * services can share one class path.
 */
public final class PlatformService {

    /** An argument that has a service check its configuration and end. */
    static final String CHECK_CONFIG = "--check-config";

    private PlatformService() {}

    /**
     * What the main method of a service does: starts it, or with {@value #CHECK_CONFIG} says what is wrong with its settings and ends, with
     * 0 if nothing is. The process ends with 1 if the service cannot start.
     *
     * @param name as for {@link #of}
     */
    public static void main(Class<?> application, String name, String... arguments) {
        SpringApplication service = of(application, name);
        service.setMainApplicationClass(application);
        if (List.of(arguments).contains(CHECK_CONFIG)) {
            System.exit(check(service, name, arguments));
        }
        service.addInitializers(new ServiceSecretCheck());
        try {
            service.run(arguments);
        } catch (RuntimeException told) {
            // Threads that the service leaves behind would keep the process.
            System.exit(1);
        }
    }

    private static int check(SpringApplication service, String name, String... arguments) {
        service.setLogStartupInfo(false);
        // All that is wrong is said below, without what Spring thinks of a start that goes no further.
        String[] silent = Stream.concat(
                        Stream.of(arguments), Stream.of("--logging.level.root=off", "--logging.level.dev.parley=off"))
                .toArray(String[]::new);
        List<String> problems = problemsOf(service, silent);
        problems.forEach(problem -> System.err.println(name + ": " + problem));
        if (problems.isEmpty()) {
            System.out.println(name + ": the configuration can be used");
        }
        return problems.isEmpty() ? 0 : 1;
    }

    /** What is wrong with the settings of a service, each in one sentence. It is not started. */
    public static List<String> problemsOf(SpringApplication service, String... arguments) {
        return ConfigCheck.problemsOf(service, arguments);
    }

    /**
     * Starts a service for a program that says by itself what did not start.
     *
     * @throws StartupException if it cannot start for a reason that an operator can remove: nothing is logged of it
     */
    public static ConfigurableApplicationContext start(SpringApplication service, String... arguments) {
        AtomicReference<Environment> environment = new AtomicReference<>(new StandardEnvironment());
        service.addInitializers(context -> {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("start", Map.of(StartReporter.SAID_BY_CALLER, true)));
            environment.set(context.getEnvironment());
        });
        try {
            return service.run(arguments);
        } catch (RuntimeException failure) {
            throw StartReporter.sentence(failure, Objects.requireNonNull(environment.get()))
                    .<RuntimeException>map(StartupException::new)
                    .orElse(failure);
        }
    }

    /** @param name the service's name: of its configuration file, in logs, metrics and events */
    public static SpringApplication of(Class<?> application, String name) {
        SpringApplication service = new SpringApplication(application);
        service.setDefaultProperties(Map.of("spring.config.name", name));
        return service;
    }

    /** What the configuration of a service of the registry is called, such as {@code auth-service}. */
    public static String configurationName(String service) {
        return service + "-service";
    }
}
