package dev.parley.conversation;

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

/** A setting that cannot be right keeps the service from starting, and the error names it. */
class SettingsTest {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.conversation")
    static class AllSettings {}

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(AllSettings.class);

    record Property(String name, Class<?> type, String defaultValue) {}

    static Stream<Property> properties() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.parley.conversation").stream()
                .map(BeanDefinition::getBeanClassName)
                .map(SettingsTest::load)
                .flatMap(settings -> Arrays.stream(settings.getDeclaredConstructors()[0].getParameters())
                        .map(component -> property(
                                settings.getAnnotation(ConfigurationProperties.class)
                                        .value(),
                                component)));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static Property property(String prefix, Parameter component) {
        String name =
                prefix + "." + component.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
        assertThat(ConfigurationPropertyName.isValid(name)).isTrue();
        return new Property(
                name,
                component.getType(),
                component.getAnnotation(DefaultValue.class).value()[0]);
    }

    @Test
    void theDefaultsAreAccepted() {
        service.run(context -> assertThat(context).hasNotFailed().hasSingleBean(ConversationSettings.class));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void aValueThatCannotBeRightIsRefusedByName(Property property) {
        String bad = property.type() == Duration.class ? "-1s" : "-1";

        service.withPropertyValues(property.name() + "=" + bad).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property.name() + " must ");
        });
    }

    @Test
    void listsEveryPropertyWithItsDefaultOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md"));

        assertThat(properties().toList()).hasSizeGreaterThan(10).allSatisfy(property -> assertThat(rows)
                .as(property.name())
                .anyMatch(row -> row.startsWith("| `" + property.name() + "` | " + property.defaultValue() + " |")));
    }
}
