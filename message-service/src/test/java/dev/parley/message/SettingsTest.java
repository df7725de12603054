package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.SettingsProperty;
import dev.parley.platform.test.SettingsTestCase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;

class SettingsTest extends SettingsTestCase {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.message")
    static class AllSettings {}

    SettingsTest() {
        super("message", AllSettings.class, MessageSettings.class, 20);
    }

    @Test
    void allAreNamedWithoutAFurtherPrefix() {
        assertThat(properties()).extracting(SettingsProperty::prefix).containsOnly("parley.message");
    }

    @Test
    void refusesMoreMentionsThanCanBeLookedUpAtOnce() {
        service.withPropertyValues("parley.message.max-mentions=26")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("parley.message.max-mentions must be from 1 to 25"));
    }
}
