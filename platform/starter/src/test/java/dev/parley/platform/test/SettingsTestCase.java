package dev.parley.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The configuration properties of a service: a value that cannot be right stops the start, and the page lists them all. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class SettingsTestCase {

    /** Starts all settings of the service, and nothing else of it. */
    protected final ApplicationContextRunner service;

    private final String name;
    private final Class<?> oneOfThem;
    private final int moreThan;

    /**
     * @param name of the service, as in {@code dev.parley.<name>} and {@code parley.<name>}
     * @param settings a configuration that scans for them all
     * @param oneOfThem a record of settings that must be found
     * @param moreThan how many properties are surely exceeded
     */
    protected SettingsTestCase(String name, Class<?> settings, Class<?> oneOfThem, int moreThan) {
        this.service = new ApplicationContextRunner().withUserConfiguration(settings);
        this.name = name;
        this.oneOfThem = oneOfThem;
        this.moreThan = moreThan;
    }

    protected final Stream<SettingsProperty> properties() {
        return SettingsProperty.in("dev.parley." + name);
    }

    protected Stream<SettingsProperty> boundedProperties() {
        return properties().filter(SettingsProperty::isBounded);
    }

    /** Whether a row of the page begins with the name of the property and its default. */
    protected boolean isListed(SettingsProperty property) {
        return true;
    }

    @Test
    void allHaveThePrefixOfTheService() {
        assertThat(properties())
                .extracting(SettingsProperty::prefix)
                .allMatch(prefix -> prefix.equals("parley." + name) || prefix.startsWith("parley." + name + "."));
    }

    @Test
    void startsWithTheDefaults() {
        service.run(context -> assertThat(context).hasNotFailed().hasSingleBean(oneOfThem));
    }

    @ParameterizedTest
    @MethodSource("boundedProperties")
    void doesNotStartWithABadValueAndNamesTheProperty(SettingsProperty property) {
        service.withPropertyValues(property.name() + "=" + property.badValue()).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property.name() + " must ");
        });
    }

    @Test
    void listsEveryPropertyWithItsDefaultOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md"));

        assertThat(properties().filter(this::isListed))
                .hasSizeGreaterThan(moreThan)
                .allMatch(property -> property.isListedIn(rows));
    }
}
