package dev.parley.auth.tenant;

import dev.parley.auth.tenant.TenantSettings.RegistrationMode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides who may register with a tenant, by the configuration alone. */
@Component
class RegistrationPolicy {

    private final TenantSettings settings;

    RegistrationPolicy(TenantSettings settings) {
        this.settings = settings;
    }

    /** Empty for a tenant of which nothing is said: nobody may register with it, if it exists at all. */
    Optional<RegistrationMode> of(String tenantId) {
        RegistrationMode named = settings.registration().get(tenantId);
        if (named != null) {
            return Optional.of(named);
        }
        return settings.onDemand() || tenantId.equals(settings.defaultTenant())
                ? Optional.of(RegistrationMode.OPEN)
                : Optional.empty();
    }
}
