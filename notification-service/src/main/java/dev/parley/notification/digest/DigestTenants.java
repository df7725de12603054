package dev.parley.notification.digest;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * In which tenants e-mails are sent to those who have been away for long, where the service sends any.
 *
 * @param enabled whether they are, in tenants for which {@code enabledByTenant} does not say it
 * @param enabledByTenant the same by tenant id
 */
@ConfigurationProperties("parley.notification.digest")
record DigestTenants(
        @DefaultValue("true") boolean enabled, @DefaultValue Map<String, Boolean> enabledByTenant) {

    DigestTenants {
        enabledByTenant = Map.copyOf(enabledByTenant);
    }

    boolean areSentIn(String tenantId) {
        return enabledByTenant.getOrDefault(tenantId, enabled);
    }
}
