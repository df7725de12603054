package dev.parley.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.service.ServiceAddresses;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PlatformDefaultsTest {

    @Test
    void tellEveryServiceWhereTheOthersAre() {
        ServiceAddresses addresses = addresses(environment(Map.of(
                "PARLEY_MESSAGE_URL", "http://messages:80",
                "parley.registry.rain-radar.port", "8099",
                "parley.registry.snow.port", "8098",
                "PARLEY_RAIN_RADAR_URL", "http://radar:80")));

        assertThat(addresses.of("auth")).isEqualTo(URI.create("http://localhost:8081"));
        assertThat(addresses.of("message")).isEqualTo(URI.create("http://messages:80"));
        assertThat(addresses.of("rain-radar")).isEqualTo(URI.create("http://radar:80"));
        assertThat(addresses.of("snow")).isEqualTo(URI.create("http://localhost:8098"));
        assertThatThrownBy(() -> addresses.of("hail")).hasMessageContaining("parley.services.hail");
    }

    @Test
    void giveAServiceTheNameOfItsEntry() {
        assertThat(environment(Map.of("spring.config.name", "message-service")).getProperty("spring.application.name"))
                .isEqualTo("message-service");
    }

    @Test
    void giveAServiceThePortOfItsEntry() {
        assertThat(environment(Map.of("spring.config.name", "message-service")).getProperty("server.port"))
                .isEqualTo("8083");
        assertThat(environment(Map.of("spring.config.name", "message-service", "PORT", "99"))
                        .getProperty("server.port"))
                .isEqualTo("99");
        assertThat(environment(Map.of("spring.config.name", "another")).getProperty("server.port"))
                .isNull();
    }

    @Test
    void knowTheNodesOfAService() {
        assertThat(addresses(environment(Map.of())).nodesOf("presence"))
                .containsExactly(URI.create("http://localhost:8084"));
        assertThat(addresses(environment(Map.of("parley.nodes.presence", "http://one:1,dns://many:2")))
                        .nodesOf("presence"))
                .isEqualTo(List.of(URI.create("http://one:1"), URI.create("http://many:2")));
    }

    @Test
    void sayWhichNodeIsNoAddress() {
        assertThatThrownBy(() -> addresses(environment(Map.of("parley.nodes.presence", "dns://many"))))
                .rootCause()
                .hasMessageContaining("parley.nodes.presence");
    }

    private static ConfigurableEnvironment environment(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    private static ServiceAddresses addresses(ConfigurableEnvironment environment) {
        return Binder.get(environment).bindOrCreate("parley", ServiceAddresses.class);
    }
}
