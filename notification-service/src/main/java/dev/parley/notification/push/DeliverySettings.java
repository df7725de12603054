package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.settings.Backoff;
import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pushes are sent, by each provider for itself.
 *
 * @param maxBatchesAtOnce batches that an instance has under way with one provider
 * @param rate pushes that an instance sends to one provider in a second
 * @param rateByProvider the same for single providers, by their names
 * @param sendTimeout how long a provider may take to answer a batch; longer than it may for one push
 * @param lease how long a claimed push belongs to the instance that claimed it; whoever is killed leaves it for so long
 * @param maxTries how often a push is sent that the provider does not take yet
 * @param maxAge how old a push may become until the provider takes it
 * @param firstRetry how long after the first time it is sent again, about; doubled with each further one
 * @param maxRetryInterval the longest such time
 * @param pollInterval how often an instance looks for pushes whose turn has come, beside when it makes one
 * @param timeToLive how long a provider may keep a push for a device that it cannot reach
 * @param receiptInterval how often providers are asked what became of accepted pushes, where they say so only later
 * @param maxCounted up to how many waiting pushes are counted for the metrics
 */
@ConfigurationProperties("parley.notification.delivery")
public record DeliverySettings(
        @DefaultValue("4") int maxBatchesAtOnce,
        @DefaultValue("2000") int rate,
        @DefaultValue Map<String, Integer> rateByProvider,
        @DefaultValue("20s") Duration sendTimeout,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("20") int maxTries,
        @DefaultValue("1h") Duration maxAge,
        @DefaultValue("1s") Duration firstRetry,
        @DefaultValue("5m") Duration maxRetryInterval,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("1d") Duration timeToLive,
        @DefaultValue("30s") Duration receiptInterval,
        @DefaultValue("10000") int maxCounted) {

    private static final int SEND_TIMEOUTS_OF_A_LEASE = 3;

    public DeliverySettings {
        SettingsCheck check = SettingsCheck.of("parley.notification.delivery")
                .positive("max-batches-at-once", maxBatchesAtOnce)
                .positive("rate", rate)
                .atLeastAMillisecond("send-timeout", sendTimeout)
                .require(
                        lease.compareTo(sendTimeout.multipliedBy(SEND_TIMEOUTS_OF_A_LEASE)) >= 0,
                        "lease",
                        "must be at least three times parley.notification.delivery.send-timeout")
                .positive("max-tries", maxTries)
                .positive("max-age", maxAge)
                .atLeastAMillisecond("first-retry", firstRetry)
                .require(
                        maxRetryInterval.compareTo(firstRetry) >= 0,
                        "max-retry-interval",
                        "must be at least parley.notification.delivery.first-retry")
                .atLeastAMillisecond("poll-interval", pollInterval)
                .positive("time-to-live", timeToLive)
                .atLeastAMillisecond("receipt-interval", receiptInterval)
                .positive("max-counted", maxCounted);
        rateByProvider.forEach((name, perSecond) -> check.require(
                        ProviderName.named(name).isPresent(), "rate-by-provider." + name, "is no provider")
                .positive("rate-by-provider." + name, perSecond));
    }

    /** Pushes a second. */
    int rateOf(ProviderName provider) {
        Integer own = rateByProvider.get(provider.wireName());
        return own == null ? rate : own;
    }

    /** How long after a try the next one follows, without jitter. */
    Duration delayAfter(int tries) {
        return Backoff.after(tries, firstRetry, maxRetryInterval);
    }
}
