package dev.parley.notification.audience;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is known who is in conversations, and who has them open.
 *
 * @param rebuildOnStart whether what is known is copied anew when the service starts
 * @param checkInterval how often an instance looks whether there is something to copy
 * @param lease how long an instance that copies may be silent before another goes on in its place
 * @param pageSize how many conversations or members are copied at once
 * @param patience how long a question waits at most while nothing has been copied yet
 * @param nodeSilence how long a node of sockets may be silent before what is open there counts as closed
 * @param maxOpen of how many users it is remembered what they have open at a node; what was told longest ago is forgotten
 */
@ConfigurationProperties("parley.notification.audience")
record AudienceSettings(
        @DefaultValue("false") boolean rebuildOnStart,
        @DefaultValue("1s") Duration checkInterval,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("500") int pageSize,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("8s") Duration nodeSilence,
        @DefaultValue("200000") int maxOpen) {

    AudienceSettings {
        SettingsCheck.of("parley.notification.audience")
                .atLeastAMillisecond("check-interval", checkInterval)
                .positive("lease", lease)
                .require(pageSize >= 1 && pageSize <= 1000, "page-size", "must be from 1 to 1000")
                .positive("patience", patience)
                .positive("node-silence", nodeSilence)
                .positive("max-open", maxOpen);
    }
}
