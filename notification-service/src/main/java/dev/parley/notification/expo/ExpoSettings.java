package dev.parley.notification.expo;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pushes are sent to Expo's push service.
 *
 * @param enabled whether Expo is used; it takes pushes without credentials too
 * @param url where Expo's push service listens
 * @param accessToken what Expo asks for if the project has enhanced security; empty for none
 * @param timeout how long an answer may take
 * @param connectTimeout how long to wait for a connection
 * @param maxConnections connections, at most; Expo asks for six at most
 * @param receiptsAfter how long after a push was accepted its receipt is fetched
 */
@ConfigurationProperties("parley.notification.expo")
public record ExpoSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("https://exp.host/--/api/v2/push") String url,
        @DefaultValue("") String accessToken,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("6") int maxConnections,
        @DefaultValue("15m") Duration receiptsAfter) {

    public ExpoSettings {
        SettingsCheck.of("parley.notification.expo")
                .address("url", url)
                .require(
                        accessToken.chars().allMatch(c -> c > ' ' && c < 127) && !accessToken.startsWith("-"),
                        "access-token",
                        "must be a token")
                .atLeastAMillisecond("timeout", timeout)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .positive("max-connections", maxConnections)
                .atLeastAMillisecond("receipts-after", receiptsAfter);
    }

    @Override
    public String toString() {
        return "ExpoSettings[url=" + url + ", accessToken=***]";
    }
}
