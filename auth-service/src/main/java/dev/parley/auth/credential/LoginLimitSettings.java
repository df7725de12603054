package dev.parley.auth.credential;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many sign-ins may fail. Each instance counts for itself.
 *
 * @param perAccount failures of one account in a window, from wherever
 * @param perAddress failures from one remote address in a window, of whatever account
 * @param window how long failures are counted together, from the first
 * @param maxTracked accounts and addresses that are remembered; past it those least used are forgotten
 * @param trustedHops proxies in front of this service that append to {@code X-Forwarded-For}; 0 to ignore the header
 */
@ConfigurationProperties("parley.auth.login-limits")
public record LoginLimitSettings(
        @DefaultValue("10") int perAccount,
        @DefaultValue("100") int perAddress,
        @DefaultValue("5m") Duration window,
        @DefaultValue("100000") int maxTracked,
        @DefaultValue("1") int trustedHops) {}
