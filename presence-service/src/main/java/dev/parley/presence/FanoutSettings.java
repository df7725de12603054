package dev.parley.presence;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events of conversations a node reads.
 *
 * @param directed whether a router writes to each node what concerns its users; otherwise every node reads everything
 * @param inboxes how many partitions {@code parley.inboxes} is created with: as many nodes read nothing for another node
 */
public record FanoutSettings(
        @DefaultValue("false") boolean directed,
        @DefaultValue("64") int inboxes) {

    /** The property that chooses. */
    public static final String DIRECTED = "parley.presence.fanout.directed";

    public FanoutSettings {
        SettingsCheck.of("parley.presence.fanout").positive("inboxes", inboxes);
    }
}
