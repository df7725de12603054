package dev.parley.auth.tenant;

import dev.parley.platform.settings.SettingsCheck;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Which tenants there are, and who may register with them.
 *
 * @param onDemand whether a registration that names a new tenant creates it; then all tenants that are not named below are open
 * @param registration whether the tenant of this id is open to everybody or closed. Every tenant that is named exists
 * @param defaultTenant the tenant of a registration or a sign-in that names none; it exists, and is open where it is not named
 */
@ConfigurationProperties("parley.auth.tenants")
record TenantSettings(
        @DefaultValue("false") boolean onDemand,
        @DefaultValue Map<String, RegistrationMode> registration,
        @DefaultValue("default") String defaultTenant) {

    /** Who may register. */
    enum RegistrationMode {
        OPEN,
        CLOSED
    }

    TenantSettings {
        SettingsCheck.of("parley.auth.tenants")
                .require(StringUtils.hasText(defaultTenant), "default-tenant", "must not be empty");
    }
}
