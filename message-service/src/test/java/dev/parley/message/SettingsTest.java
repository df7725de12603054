package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The configuration properties of this service. */
class SettingsTest {

    private static final String PREFIX = "parley.message";

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.message")
    static class AllSettings {}

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(AllSettings.class);

    record Property(String name, Class<?> type, String defaultValue) {}

    static Stream<Property> properties() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.parley.message").stream()
                .map(BeanDefinition::getBeanClassName)
                .map(SettingsTest::load)
                .peek(settings -> assertThat(settings.getAnnotation(ConfigurationProperties.class)
                                .value())
                        .isEqualTo(PREFIX))
                .flatMap(settings -> Arrays.stream(settings.getDeclaredConstructors()[0].getParameters()))
                .map(SettingsTest::property);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static Property property(Parameter component) {
        String name = component.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
        assertThat(ConfigurationPropertyName.isValid(PREFIX + "." + name)).isTrue();
        return new Property(
                PREFIX + "." + name,
                component.getType(),
                component.getAnnotation(DefaultValue.class).value()[0]);
    }

    @Test
    void startsWithTheDefaults() {
        service.run(context -> assertThat(context).hasNotFailed().hasSingleBean(MessageSettings.class));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void doesNotStartWithABadValueAndNamesTheProperty(Property property) {
        String bad = property.type() == Duration.class ? "-1s" : "-1";

        service.withPropertyValues(property.name() + "=" + bad).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property.name() + " must");
        });
    }

    @Test
    void refusesMoreMentionsThanCanBeLookedUpAtOnce() {
        service.withPropertyValues("parley.message.max-mentions=26")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("parley.message.max-mentions must be from 1 to 25"));
    }

    @Test
    void listsEveryPropertyWithItsDefaultOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md"));

        assertThat(properties().toList()).hasSizeGreaterThan(20).allSatisfy(property -> assertThat(rows)
                .as(property.name())
                .anyMatch(row -> row.startsWith("| `" + property.name() + "` | " + property.defaultValue() + " |")));
    }
}
