package dev.parley.conversation;

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

/** A setting that cannot be right keeps the service from starting, and the error names it. */
class SettingsTest {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.conversation")
    static class AllSettings {}

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(AllSettings.class);

    static Stream<SettingsProperty> properties() {
        return SettingsProperty.in("dev.parley.conversation");
    }

    @Test
    void theDefaultsAreAccepted() {
        service.run(context -> assertThat(context).hasNotFailed().hasSingleBean(ConversationSettings.class));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void aValueThatCannotBeRightIsRefusedByName(SettingsProperty property) {
        service.withPropertyValues(property.name() + "=" + property.badValue()).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property.name() + " must ");
        });
    }

    @Test
    void aTenantsPolicyThatThereIsNotIsRefusedByName() {
        String property = "parley.conversation.invitation.may-add-by-tenant.acme";
        service.withPropertyValues(property + "=friends").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property + " must be ");
        });
    }

    @Test
    void listsEveryPropertyWithItsDefaultOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md"));

        assertThat(properties().toList()).hasSizeGreaterThan(10).allMatch(property -> property.isListedIn(rows));
    }
}
