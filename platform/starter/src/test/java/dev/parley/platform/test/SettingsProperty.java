package dev.parley.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** A number, size, time or switch that can be configured, as the record of its settings declares it. */
public record SettingsProperty(String prefix, String name, Class<?> type, String defaultValue) {

    /** Those of all settings in a package and below it, without maps: they have no names of their own. */
    public static Stream<SettingsProperty> in(String basePackage) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents(basePackage).stream()
                .map(BeanDefinition::getBeanClassName)
                .map(SettingsProperty::load)
                .flatMap(settings -> Arrays.stream(settings.getDeclaredConstructors()[0].getParameters())
                        .filter(component -> !Map.class.isAssignableFrom(component.getType()))
                        .map(component -> of(
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

    private static SettingsProperty of(String prefix, Parameter component) {
        String name =
                prefix + "." + component.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
        assertThat(ConfigurationPropertyName.isValid(name)).isTrue();
        return new SettingsProperty(
                prefix,
                name,
                component.getType(),
                component.getAnnotation(DefaultValue.class).value()[0]);
    }

    /** Whether some of its values are bad. */
    public boolean isBounded() {
        return type != boolean.class;
    }

    /** A value that none of those may have that are bounded. */
    public String badValue() {
        return type == Duration.class ? "-1s" : "-1";
    }

    /** Whether a row of a page's table gives the property and its default. */
    public boolean isListedIn(List<String> rows) {
        return rows.stream().anyMatch(row -> row.startsWith("| `" + name + "` | " + defaultValue + " |"));
    }
}
