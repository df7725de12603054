package dev.parley.platform.boot;

import java.util.Map;
import org.springframework.boot.SpringApplication;

/**
 * A service as a program. Its configuration file is {@code <name>.yml}, not {@code application.yml}, so that several
 * services can share one class path.
 */
public final class PlatformService {

    private PlatformService() {}

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
