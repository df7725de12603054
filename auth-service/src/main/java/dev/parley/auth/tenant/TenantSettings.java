package dev.parley.auth.tenant;

import dev.parley.platform.settings.SettingsCheck;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Which tenants there are.
 *
 * @param onDemand whether a registration that names a new tenant creates it
 * @param names the only tenants that are accepted where they are not created on demand
 * @param defaultTenant the tenant of a sign-in that names none
 */
@ConfigurationProperties("parley.auth.tenants")
record TenantSettings(
        @DefaultValue("true") boolean onDemand,
        @DefaultValue List<String> names,
        @DefaultValue("default") String defaultTenant) {

    TenantSettings {
        SettingsCheck.of("parley.auth.tenants")
                .require(StringUtils.hasText(defaultTenant), "default-tenant", "must not be empty");
    }
}
