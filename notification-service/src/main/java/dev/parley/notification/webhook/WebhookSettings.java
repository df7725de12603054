package dev.parley.notification.webhook;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where pushes go for those who bring them to devices themselves.
 *
 * @param tenants by tenant id; a tenant without one has no webhook
 * @param timeout how long a batch may take; what has no answer then is sent again
 * @param connectTimeout how long to wait for a connection
 * @param maxConcurrent pushes that are under way to one server at once
 */
@ConfigurationProperties("parley.notification.webhook")
public record WebhookSettings(
        @DefaultValue Map<String, Target> tenants,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("20") int maxConcurrent) {

    private static final int MIN_SECRET = 32;

    /**
     * @param url where the pushes of a tenant are posted to
     * @param secret what they are signed with, at least 32 characters
     * @param formerSecret what they are signed with too, while the receiver changes to the new secret; empty for none
     */
    public record Target(
            String url, String secret, @DefaultValue("") String formerSecret) {

        @Override
        public String toString() {
            return "Target[url=" + url + ", secret=***]";
        }
    }

    public WebhookSettings {
        SettingsCheck check = SettingsCheck.of("parley.notification.webhook")
                .atLeastAMillisecond("timeout", timeout)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .positive("max-concurrent", maxConcurrent);
        tenants.forEach((tenant, target) -> check.address("tenants." + tenant + ".url", target.url())
                .require(
                        isStrong(target.secret()),
                        "tenants." + tenant + ".secret",
                        "must have at least " + MIN_SECRET + " characters")
                .require(
                        target.formerSecret().isEmpty() || isStrong(target.formerSecret()),
                        "tenants." + tenant + ".former-secret",
                        "must have at least " + MIN_SECRET + " characters"));
    }

    private static boolean isStrong(String secret) {
        return secret.length() >= MIN_SECRET;
    }
}
