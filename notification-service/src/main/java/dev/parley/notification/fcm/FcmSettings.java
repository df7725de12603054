package dev.parley.notification.fcm;

import dev.parley.notification.provider.Credentials;
import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How devices are told by FCM.
 *
 * @param url where FCM listens
 * @param credentialsFile the file with the service account, JSON; it names also where tokens are given out
 * @param credentials the content of that file in Base64, instead of the file
 * @param projectId the id of the Firebase project; empty: that of the service account
 * @param androidChannel the notification channel of the Android app
 * @param timeout how long a batch may take
 * @param connectTimeout how long to wait for a connection
 * @param maxConcurrent pushes of a batch that are under way at once
 * @param maxConnections connections
 */
@ConfigurationProperties("parley.notification.fcm")
public record FcmSettings(
        @DefaultValue("https://fcm.googleapis.com") String url,
        @DefaultValue("") String credentialsFile,
        @DefaultValue("") String credentials,
        @DefaultValue("") String projectId,
        @DefaultValue("messages") String androidChannel,
        @DefaultValue("8s") Duration timeout,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("100") int maxConcurrent,
        @DefaultValue("100") int maxConnections) {

    private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{4,29}");
    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public FcmSettings {
        SettingsCheck.of("parley.notification.fcm")
                .address("url", url)
                .require(
                        credentialsFile.isEmpty()
                                || account(credentialsFile, "").isPresent(),
                        "credentials-file",
                        "must be a readable file with a service account in JSON")
                .require(
                        credentials.isEmpty() || account("", credentials).isPresent(),
                        "credentials",
                        "must be a service account in JSON, in Base64")
                .require(
                        projectId.isEmpty() || PROJECT.matcher(projectId).matches(),
                        "project-id",
                        "must be the id of a project")
                .require(CHANNEL.matcher(androidChannel).matches(), "android-channel", "must be the id of a channel")
                .atLeastAMillisecond("timeout", timeout)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .positive("max-concurrent", maxConcurrent)
                .positive("max-connections", maxConnections);
    }

    private static Optional<ServiceAccount> account(String file, String base64) {
        return Credentials.read(file, base64).flatMap(ServiceAccount::parse);
    }

    /** Empty if there is none. */
    Optional<ServiceAccount> account() {
        return account(credentialsFile, credentials);
    }

    @Override
    public String toString() {
        return "FcmSettings[url=" + url + ", credentials=***, projectId=" + projectId + "]";
    }
}
