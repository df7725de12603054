package dev.parley.notification.webpush;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How browsers are told.
 *
 * @param publicKey the public VAPID key, an uncompressed P-256 point in base64url; empty: keys are made at the first start and kept in the store
 * @param privateKey the private key that belongs to it, 32 bytes in base64url
 * @param wrappingKey a 256-bit AES key in base64 that encrypts the private key in the store; empty: it is stored in the clear
 * @param formerWrappingKeys keys that were the wrapping key before; they only decrypt
 * @param subject whom the operators of push services may turn to, {@code mailto:} or {@code https:}; empty: nobody is named. Apple's wants it
 * @param tokenLifetime how long a VAPID token is good, at most 24 h (RFC 8292); half of that long it is used
 * @param timeout how long a batch may take, from the look-up of the hosts to the answers
 * @param answerTimeout how long one push may take once it is encrypted
 * @param connectTimeout how long to wait for a connection
 * @param rest how long a push service is left alone that did not answer several times in a row
 * @param maxConcurrent pushes of a batch that are under way at once
 * @param maxConnections connections to one push service
 * @param threads pushes that are encrypted at once
 */
@ConfigurationProperties("parley.notification.web-push")
public record WebPushSettings(
        @DefaultValue("") String publicKey,
        @DefaultValue("") String privateKey,
        @DefaultValue("") String wrappingKey,
        @DefaultValue("") List<String> formerWrappingKeys,
        @DefaultValue("") String subject,
        @DefaultValue("12h") Duration tokenLifetime,
        @DefaultValue("8s") Duration timeout,
        @DefaultValue("5s") Duration answerTimeout,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration rest,
        @DefaultValue("50") int maxConcurrent,
        @DefaultValue("50") int maxConnections,
        @DefaultValue("4") int threads) {

    static final String PREFIX = "parley.notification.web-push";

    private static final Duration MAX_TOKEN_LIFETIME = Duration.ofHours(24);

    /** It is written into the token as it is. */
    private static final Pattern SUBJECT =
            Pattern.compile("(?:mailto:[^\\s\"\\\\@]+@[^\\s\"\\\\@]+|https://[^\\s\"\\\\]+)");

    public WebPushSettings {
        formerWrappingKeys =
                formerWrappingKeys.stream().filter(key -> !key.isBlank()).toList();
        SettingsCheck.of(PREFIX)
                .require(
                        publicKey.isEmpty() || VapidKeyPair.isPublicKey(publicKey),
                        "public-key",
                        "must be an uncompressed P-256 point in base64url")
                .require(
                        publicKey.isEmpty() == privateKey.isEmpty()
                                && (privateKey.isEmpty() || VapidKeyPair.belongTogether(publicKey, privateKey)),
                        "private-key",
                        "must be 32 bytes in base64url and belong to the public key")
                .require(
                        subject.isEmpty() || SUBJECT.matcher(subject).matches(),
                        "subject",
                        "must begin with mailto: or https://")
                .positive("token-lifetime", tokenLifetime)
                .require(tokenLifetime.compareTo(MAX_TOKEN_LIFETIME) <= 0, "token-lifetime", "must be at most 24h")
                .atLeastAMillisecond("timeout", timeout)
                .atLeastAMillisecond("answer-timeout", answerTimeout)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .positive("rest", rest)
                .positive("max-concurrent", maxConcurrent)
                .positive("max-connections", maxConnections)
                .positive("threads", threads);
        VapidKeyStore.wrapping(wrappingKey, formerWrappingKeys);
    }

    @Override
    public String toString() {
        return "WebPushSettings[publicKey=" + publicKey + ", privateKey=***, wrappingKey=***, subject=" + subject + "]";
    }
}
