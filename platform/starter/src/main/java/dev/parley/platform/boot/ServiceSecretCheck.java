package dev.parley.platform.boot;

import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.settings.SettingsCheck;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * A service that runs as a program of its own needs the secret with which services prove themselves to each other: without it each would
 * start, and refuse what the others ask. The gateway asks nothing that needs it.
 */
final class ServiceSecretCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int LEAST_LENGTH = 16;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        String name = environment.getProperty("spring.config.name", "");
        boolean isAsked = ServiceRegistry.load().registry().keySet().stream()
                .anyMatch(service -> PlatformService.configurationName(service).equals(name));
        if (isAsked) {
            String secret = environment.getProperty("parley.service-secret", "");
            SettingsCheck.of("parley")
                    .given("service-secret", secret)
                    .require(
                            secret.length() >= LEAST_LENGTH,
                            "service-secret",
                            "must have " + LEAST_LENGTH + " characters or more, the same for every service");
        }
    }
}
