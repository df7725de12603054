package dev.parley.notification.digest;

import dev.parley.platform.settings.Backoff;
import dev.parley.platform.settings.SettingsCheck;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * E-mails to those who have been away for long.
 *
 * @param from whom they come from; empty: none are sent
 * @param publicUrl where browsers reach the platform: links begin with it
 * @param linkKey what links to switch them off are signed with, at least 32 characters
 * @param formerLinkKeys keys that were the link key before: links that they signed go on to work
 * @param minInterval how long after one e-mail a user gets the next one at the earliest, however often the user was there between them
 * @param lookAgain how long after an e-mail had to wait, in quiet hours or with nothing to say, it is looked at again
 * @param pollInterval how often an instance looks for those who have been away for long enough
 * @param batch users who are looked at together
 * @param threads e-mails that one instance sends at once
 * @param lease how long a user is left to the instance that looks at the user; if that was killed, another one goes on then
 * @param maxTries how often an e-mail is offered to a server that does not take it yet
 * @param retryDelay how long after the first time that is done again; doubled with each further one
 * @param maxConversations conversations that one e-mail lists
 */
@ConfigurationProperties("parley.notification.digest")
public record DigestSettings(
        @DefaultValue("") String from,
        @DefaultValue("") String publicUrl,
        @DefaultValue("") String linkKey,
        @DefaultValue("") List<String> formerLinkKeys,
        @DefaultValue("24h") Duration minInterval,
        @DefaultValue("30m") Duration lookAgain,
        @DefaultValue("30s") Duration pollInterval,
        @DefaultValue("100") int batch,
        @DefaultValue("2") int threads,
        @DefaultValue("10m") Duration lease,
        @DefaultValue("8") int maxTries,
        @DefaultValue("5m") Duration retryDelay,
        @DefaultValue("20") int maxConversations) {

    static final String PREFIX = "parley.notification.digest";

    /** As many as auth-service tells the addresses of at once. */
    private static final int MAX_BATCH = 200;

    /** It is remembered for longer when the last one was sent. */
    private static final Duration MAX_INTERVAL = Duration.ofDays(30);

    private static final int MIN_KEY = 32;
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    public DigestSettings {
        formerLinkKeys = formerLinkKeys.stream().filter(key -> !key.isBlank()).toList();
        SettingsCheck check = SettingsCheck.of(PREFIX)
                .require(from.isEmpty() || isAddress(from), "from", "must be an e-mail address")
                .require(
                        linkKey.isEmpty() || linkKey.length() >= MIN_KEY,
                        "link-key",
                        "must have at least " + MIN_KEY + " characters")
                .require(
                        formerLinkKeys.stream().allMatch(key -> key.length() >= MIN_KEY),
                        "former-link-keys",
                        "must have at least " + MIN_KEY + " characters each")
                .atLeastAMillisecond("min-interval", minInterval)
                .require(minInterval.compareTo(MAX_INTERVAL) <= 0, "min-interval", "must be at most 30d")
                .atLeastAMillisecond("look-again", lookAgain)
                .atLeastAMillisecond("poll-interval", pollInterval)
                .positive("batch", batch)
                .require(batch <= MAX_BATCH, "batch", "must be at most " + MAX_BATCH)
                .positive("threads", threads)
                .atLeastAMillisecond("lease", lease)
                .positive("max-tries", maxTries)
                .atLeastAMillisecond("retry-delay", retryDelay)
                .positive("max-conversations", maxConversations);
        if (!publicUrl.isEmpty()) {
            check.address("public-url", publicUrl);
        }
        if (!from.isEmpty()) {
            check.given("public-url", publicUrl).given("link-key", linkKey);
        }
    }

    private static boolean isAddress(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            return address.getAddress().indexOf('@') > 0;
        } catch (AddressException wrong) {
            return false;
        }
    }

    /** How long after a failed try the next one follows. */
    Duration delayAfter(int tries) {
        return Backoff.after(tries, retryDelay, LONGEST_DELAY);
    }

    @Override
    public String toString() {
        return "DigestSettings[from=" + from + ", publicUrl=" + publicUrl + ", linkKey=***]";
    }
}
