package dev.parley.notification.apns;

import dev.parley.notification.provider.Credentials;
import dev.parley.platform.settings.SettingsCheck;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How devices of Apple are told.
 *
 * @param url where APNs listens: {@code https://api.push.apple.com}, for builds that are being developed {@code https://api.sandbox.push.apple.com}
 * @param teamId the ten letters and digits that Apple gave the developers' team
 * @param keyId the ten letters and digits that Apple gave the key
 * @param keyFile the file with the key that Apple gave, {@code .p8}
 * @param key the content of that file in Base64, instead of the file
 * @param topic the bundle id of the app
 * @param timeout how long a batch may take
 * @param connectTimeout how long to wait for a connection
 * @param maxConcurrent pushes of a batch that are under way at once
 * @param maxConnections connections; each carries many pushes at once
 * @param trustedCertificates a file with certificates in PEM that are trusted instead of the usual ones, for a relay of one's own; empty: the
 *     usual ones
 */
@ConfigurationProperties("parley.notification.apns")
public record ApnsSettings(
        @DefaultValue("https://api.push.apple.com") String url,
        @DefaultValue("") String teamId,
        @DefaultValue("") String keyId,
        @DefaultValue("") String keyFile,
        @DefaultValue("") String key,
        @DefaultValue("") String topic,
        @DefaultValue("8s") Duration timeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("200") int maxConcurrent,
        @DefaultValue("2") int maxConnections,
        @DefaultValue("") String trustedCertificates) {

    private static final Pattern ID = Pattern.compile("[A-Z0-9]{10}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

    public ApnsSettings {
        SettingsCheck check = SettingsCheck.of("parley.notification.apns")
                .require(isAddress(url), "url", "must be https://host or https://host:port")
                .require(isEmptyOr(ID, teamId), "team-id", "must be ten capital letters and digits")
                .require(isEmptyOr(ID, keyId), "key-id", "must be ten capital letters and digits")
                .require(isEmptyOr(TOPIC, topic), "topic", "must be the bundle id of an app")
                .require(
                        keyFile.isEmpty() || ApnsKeys.isPrivateKey(Credentials.read(keyFile, "")),
                        "key-file",
                        "must be a readable file with a .p8 key")
                .require(
                        key.isEmpty() || ApnsKeys.isPrivateKey(Credentials.read("", key)),
                        "key",
                        "must be a .p8 file in Base64")
                .atLeastAMillisecond("timeout", timeout)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .positive("max-concurrent", maxConcurrent)
                .positive("max-connections", maxConnections)
                .require(
                        trustedCertificates.isEmpty() || Files.isReadable(Path.of(trustedCertificates)),
                        "trusted-certificates",
                        "must be a readable file");
        if (Stream.of(teamId, keyId, keyFile, key, topic).anyMatch(given -> !given.isEmpty())) {
            check.require(!(keyFile + key).isEmpty(), "key-file", "is required where others of APNs are set, or key")
                    .given("team-id", teamId)
                    .given("key-id", keyId)
                    .given("topic", topic);
        }
    }

    private static boolean isEmptyOr(Pattern pattern, String value) {
        return value.isEmpty() || pattern.matcher(value).matches();
    }

    private static boolean isAddress(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** Whether there is a key. */
    boolean configured() {
        return !(keyFile + key).isEmpty();
    }

    @Override
    public String toString() {
        return "ApnsSettings[url=" + url + ", teamId=" + teamId + ", keyId=" + keyId + ", key=***, topic=" + topic
                + "]";
    }
}
