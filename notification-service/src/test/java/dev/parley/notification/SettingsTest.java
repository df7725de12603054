package dev.parley.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.SettingsProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The configuration properties of this service. */
class SettingsTest {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.notification")
    static class AllSettings {}

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(AllSettings.class);

    static Stream<SettingsProperty> properties() {
        return SettingsProperty.in("dev.parley.notification");
    }

    static Stream<SettingsProperty> boundedProperties() {
        return properties().filter(SettingsProperty::isBounded);
    }

    @Test
    void allHaveThePrefixOfTheService() {
        assertThat(properties())
                .extracting(SettingsProperty::prefix)
                .allMatch(prefix -> prefix.startsWith("parley.notification"));
    }

    @Test
    void startsWithTheDefaults() {
        service.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @MethodSource("boundedProperties")
    void doesNotStartWithABadValueAndNamesTheProperty(SettingsProperty property) {
        service.withPropertyValues(property.name() + "=" + property.badValue()).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property.name() + " must");
        });
    }

    @Test
    void listsEveryPropertyWithItsDefaultOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md"));

        assertThat(properties()).hasSizeGreaterThan(10).allMatch(property -> property.isListedIn(rows));
    }
}
