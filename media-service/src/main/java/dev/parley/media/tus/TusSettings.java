package dev.parley.media.tus;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How resumable uploads are taken.
 *
 * @param lifetime from the creation of an upload until what came of it is thrown away; shorter than
 *     {@code parley.media.unattached-lifetime}, which its file has
 * @param partSize after so many bytes what came is stored for good and counts, also if the service is killed
 * @param partTime the same after so much time
 * @param idle how long nothing may come of a request's body
 * @param lease how long an upload stays locked after the service that took a request for it was killed
 * @param sweepInterval how often uploads are looked for whose lifetime is over
 */
@ConfigurationProperties("parley.media.tus")
record TusSettings(
        @DefaultValue("12h") Duration lifetime,
        @DefaultValue("4MB") DataSize partSize,
        @DefaultValue("10s") Duration partTime,
        @DefaultValue("30s") Duration idle,
        @DefaultValue("6s") Duration lease,
        @DefaultValue("10m") Duration sweepInterval) {

    /** A lease is renewed well before it ends. */
    private static final int RENEWALS = 3;

    TusSettings {
        SettingsCheck.of("parley.media.tus")
                .positive("lifetime", lifetime)
                .positive("part-size", partSize.toBytes())
                .positive("part-time", partTime)
                .positive("idle", idle)
                .require(lease.toSeconds() >= RENEWALS, "lease", "must be at least " + RENEWALS + "s")
                .atLeastAMillisecond("sweep-interval", sweepInterval);
    }

    /** How often the lease of an upload is renewed that is being written. */
    Duration renewal() {
        return lease.dividedBy(RENEWALS);
    }
}
