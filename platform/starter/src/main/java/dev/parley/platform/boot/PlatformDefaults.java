package dev.parley.platform.boot;

import dev.parley.platform.registry.RegistryFiles;
import dev.parley.platform.registry.ServiceRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** Puts {@code parley-defaults.yml} and what the registry says of the services behind every other source of configuration. */
final class PlatformDefaults implements EnvironmentPostProcessor {

    private static final String FILE = "parley-defaults.yml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        try {
            new YamlPropertySourceLoader()
                    .load(FILE, new ClassPathResource(FILE))
                    .forEach(sources::addLast);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        RegistryFiles.load().forEach(sources::addLast);
        String configurationName = environment.getProperty("spring.config.name", "");
        sources.addLast(new MapPropertySource(
                "parley-services", settingsFrom(ServiceRegistry.of(environment), configurationName)));
    }

    private static Map<String, Object> settingsFrom(ServiceRegistry services, String configurationName) {
        Map<String, Object> settings = new LinkedHashMap<>();
        services.registry().forEach((name, service) -> {
            String variable = ServiceRegistry.addressVariable(name);
            settings.put("parley.services." + name, "${" + variable + ":http://localhost:" + service.port() + "}");
            if (configurationName.equals(PlatformService.configurationName(name))) {
                settings.put("spring.application.name", configurationName);
                settings.put("server.port", "${PORT:" + service.port() + "}");
            }
        });
        return settings;
    }
}
