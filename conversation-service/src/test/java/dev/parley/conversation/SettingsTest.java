package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.SettingsTestCase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;

class SettingsTest extends SettingsTestCase {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.conversation")
    static class AllSettings {}

    SettingsTest() {
        super("conversation", AllSettings.class, ConversationSettings.class, 10);
    }

    @Test
    void aTenantsPolicyThatThereIsNotIsRefusedByName() {
        String property = "parley.conversation.invitation.may-add-by-tenant.acme";
        service.withPropertyValues(property + "=friends").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageStartingWith(property + " must be ");
        });
    }
}
