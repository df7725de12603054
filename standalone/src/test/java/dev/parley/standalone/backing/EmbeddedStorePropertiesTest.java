package dev.parley.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.settings.SyncPolicy;
import dev.parley.platform.boot.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EmbeddedStorePropertiesTest {

    private static final Path FOLDER = Path.of("store");

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void hasTheDefaultsOfTheStoreItself() {
        assertThat(EmbeddedStoreProperties.read(environment, FOLDER)).isEqualTo(StoreSettings.at(FOLDER));
    }

    @Test
    void readsSystemPropertiesAndTheEnvironment() {
        property("parley.embedded.store.cache-size", "256MB");
        property("parley.embedded.store.sync-policy", "disk");
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("PARLEY_EMBEDDED_STORE_CURSORTIMEOUT", "30s")));

        assertThat(EmbeddedStoreProperties.read(environment, FOLDER))
                .isEqualTo(StoreSettings.at(FOLDER)
                        .withCacheBytes(256 << 20)
                        .withSyncPolicy(SyncPolicy.DISK)
                        .withCursorTimeout(Duration.ofSeconds(30)));
    }

    @Test
    void refusesAValueThatIsNotValidAndNamesItsProperty() {
        property("parley.embedded.store.cache-size", "1KB");

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> EmbeddedStoreProperties.read(environment, FOLDER))
                .withMessage("parley.embedded.store.cache-size must be at least 4194304 bytes, not 1024");
    }

    @Test
    void refusesAValueThatItCannotReadAndNamesItsProperty() {
        property("parley.embedded.store.expiry-sweep", "soon");

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> EmbeddedStoreProperties.read(environment, FOLDER))
                .withMessage("parley.embedded.store.expiry-sweep: 'soon' is not a valid duration");
    }

    private void property(String name, String value) {
        environment.getPropertySources().addFirst(new MapPropertySource(name, Map.of(name, value)));
    }
}
