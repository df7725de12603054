package dev.parley.platform.fetch;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How addresses are fetched that users name.
 *
 * @param timeout how long it takes at most in all, with the look-up of names and with redirects
 * @param connectTimeout how long to wait for each connection
 * @param maxRedirects how many redirects are followed
 * @param maxConcurrent fetches at once; one more is refused, and may be tried again later
 * @param allowHttp whether {@code http} is taken beside {@code https}: for tests
 * @param allowPrivateAddresses whether addresses are taken that are not public: for tests
 */
@ConfigurationProperties("parley.fetch")
public record FetchSettings(
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("3") int maxRedirects,
        @DefaultValue("16") int maxConcurrent,
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue("false") boolean allowPrivateAddresses) {

    public FetchSettings {
        SettingsCheck.of("parley.fetch")
                .atLeastAMillisecond("timeout", timeout)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .notNegative("max-redirects", maxRedirects)
                .positive("max-concurrent", maxConcurrent);
    }
}
