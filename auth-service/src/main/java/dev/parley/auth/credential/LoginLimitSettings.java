package dev.parley.auth.credential;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How many sign-ins may fail. Each instance counts by itself.
 *
 * @param perAccount failures of one account in a window, from any address
 * @param perAddress failures from one remote address in a window, of any account
 * @param window how long failures are counted, from the first one
 * @param maxTracked how many accounts and addresses are remembered; if there are more, those least used are forgotten
 * @param trustedHops proxies in front of this service that append to {@code X-Forwarded-For}; 0 to ignore the header
 */
@ConfigurationProperties("parley.auth.login-limits")
public record LoginLimitSettings(
        @DefaultValue("10") int perAccount,
        @DefaultValue("100") int perAddress,
        @DefaultValue("5m") Duration window,
        @DefaultValue("100000") int maxTracked,
        @DefaultValue("1") int trustedHops) {

    public LoginLimitSettings {
        Assert.isTrue(perAccount > 0, "parley.auth.login-limits.per-account must be positive");
        Assert.isTrue(perAddress > 0, "parley.auth.login-limits.per-address must be positive");
        Assert.isTrue(window.toMillis() > 0, "parley.auth.login-limits.window must be positive");
        Assert.isTrue(maxTracked > 0, "parley.auth.login-limits.max-tracked must be positive");
        Assert.isTrue(trustedHops >= 0, "parley.auth.login-limits.trusted-hops must not be negative");
    }
}
