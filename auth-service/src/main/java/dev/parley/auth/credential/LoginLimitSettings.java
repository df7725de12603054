package dev.parley.auth.credential;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many sign-ins may fail, at all instances together. They are counted in the store.
 *
 * @param perAccount failures of one account from one remote address in a window
 * @param accountWindow how long failures of an account from an address are counted, from the first one
 * @param perAddress failures from one remote address in a window, of any account
 * @param addressWindow how long failures from an address are counted, from the first one
 * @param maxTracked how many accounts and addresses that have to wait are remembered, so that the store is not asked for them
 * @param trustedHops proxies in front of this service that append to {@code X-Forwarded-For}; 0 to ignore the header
 */
@ConfigurationProperties("parley.auth.login-limits")
public record LoginLimitSettings(
        @DefaultValue("5") int perAccount,
        @DefaultValue("1m") Duration accountWindow,
        @DefaultValue("100") int perAddress,
        @DefaultValue("5m") Duration addressWindow,
        @DefaultValue("100000") int maxTracked,
        @DefaultValue("1") int trustedHops) {

    public LoginLimitSettings {
        SettingsCheck.of("parley.auth.login-limits")
                .positive("per-account", perAccount)
                .positive("account-window", accountWindow)
                .positive("per-address", perAddress)
                .positive("address-window", addressWindow)
                .positive("max-tracked", maxTracked)
                .notNegative("trusted-hops", trustedHops);
    }
}
