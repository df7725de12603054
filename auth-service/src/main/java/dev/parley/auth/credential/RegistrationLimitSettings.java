package dev.parley.auth.credential;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many users may register. Of several instances each lets a tenth of a rate through beside it, and what may be done at once
 * within the first second.
 *
 * @param addressPerSecond registrations a second from one remote address, in the long run
 * @param addressBurst registrations from one remote address at once
 * @param tenantPerSecond registrations a second in one tenant, in the long run
 * @param tenantBurst registrations in one tenant at once
 * @param maxTracked how many addresses and tenants are remembered; the one that was idle longest is forgotten
 */
@ConfigurationProperties("parley.auth.registration-limits")
record RegistrationLimitSettings(
        @DefaultValue("1") int addressPerSecond,
        @DefaultValue("200") int addressBurst,
        @DefaultValue("20") int tenantPerSecond,
        @DefaultValue("1000") int tenantBurst,
        @DefaultValue("100000") int maxTracked) {

    RegistrationLimitSettings {
        SettingsCheck.of("parley.auth.registration-limits")
                .positive("address-per-second", addressPerSecond)
                .positive("address-burst", addressBurst)
                .positive("tenant-per-second", tenantPerSecond)
                .positive("tenant-burst", tenantBurst)
                .positive("max-tracked", maxTracked);
    }
}
