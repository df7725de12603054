package dev.parley.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServiceRegistryTest {

    @Test
    void hasThePlatformsOwnServices() {
        ServiceRegistry registry = ServiceRegistry.load();

        assertThat(registry.registry())
                .containsOnlyKeys("auth", "conversation", "media", "message", "notification", "presence");
        assertThat(registry.registry().values()).allMatch(ServiceEntry::required);
        assertThat(registry.registry().get("conversation").routes())
                .contains(new ServiceRoute("DELETE", "/api/v1/conversations/*/messages"));
        assertThat(registry.registry().get("presence").severalNodes()).isTrue();
    }

    @Test
    void findsTheServicesThatAJarOnTheClassPathBrings(@TempDir Path jar) throws IOException {
        Files.createDirectories(jar.resolve("META-INF/parley"));
        Files.writeString(jar.resolve("META-INF/parley/services.yml"), """
                parley:
                  registry:
                    weather:
                      port: 8099
                      required: false
                      routes:
                        - GET /api/v1/weather/**
                """);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader more = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(more);

            ServiceRegistry registry = ServiceRegistry.load();

            assertThat(registry.registry()).containsKeys("auth", "weather");
            ServiceEntry weather = registry.registry().get("weather");
            assertThat(weather.required()).isFalse();
            assertThat(weather.health()).isEqualTo("/actuator/health/readiness");
            assertThat(weather.routes()).containsExactly(new ServiceRoute("GET", "/api/v1/weather/**"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parley.registry.weather.port, 70000, parley.registry.weather.port must be from 1 to 65535",
        "parley.registry.weather.health, ready, parley.registry.weather.health must be a path",
        "parley.registry.weather.sockets, /weather/**, parley.registry.weather.several-nodes must be true",
        "parley.registry.weather.routes, /api/v1/messages/**, is a route of the service message too",
        "parley.registry.weather.routes, api/v1/weather, parley.registry.weather.routes",
    })
    void saysWhichPropertyIsWrong(String property, String value, String problem) {
        Map<String, Object> properties = new HashMap<>(Map.of("parley.registry.weather.port", "8099"));
        properties.put(property, value);

        assertThatThrownBy(() -> ServiceRegistry.of(environment(properties)))
                .satisfies(failure -> assertThat(messages(failure)).contains(problem));
    }

    private static ConfigurableEnvironment environment(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        RegistryFiles.load().forEach(environment.getPropertySources()::addLast);
        return environment;
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause).append('\n');
        }
        return messages.toString();
    }
}
