package dev.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.file.FileSettings;
import dev.parley.platform.test.SettingsProperty;
import dev.parley.platform.test.SettingsTestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;

class SettingsTest extends SettingsTestCase {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.media")
    static class AllSettings {}

    SettingsTest() {
        super("media", AllSettings.class, FileSettings.class, 10);
    }

    /** A folder may have any name; what is none of an enum is refused before. */
    @Override
    protected Stream<SettingsProperty> boundedProperties() {
        return super.boundedProperties()
                .filter(property -> property.type() != Path.class
                        && !property.type().isEnum()
                        && !property.name().endsWith(".folder"));
    }

    @Override
    protected boolean isListed(SettingsProperty property) {
        return property.type() != List.class;
    }

    @Test
    void listsTheAllowedTypesOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md"));

        service.run(context -> assertThat(rows)
                .anyMatch(row -> row.startsWith("| `parley.media.allowed-types` | "
                        + String.join(",", context.getBean(FileSettings.class).allowedTypes()) + " |")));
    }
}
