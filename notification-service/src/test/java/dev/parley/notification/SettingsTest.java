package dev.parley.notification;

import dev.parley.notification.webhook.WebhookSettings;
import dev.parley.platform.test.SettingsTestCase;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;

class SettingsTest extends SettingsTestCase {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.notification")
    static class AllSettings {}

    SettingsTest() {
        super("notification", AllSettings.class, WebhookSettings.class, 10);
    }
}
