package dev.parley.conversation.limit;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one user may do in a while. Of several instances each lets a tenth of a rate through beside it, and what may be done at
 * once within the first second.
 *
 * @param groupsPerMinute new groups
 * @param groupsAtOnce new groups after a pause
 * @param peoplePerMinute people whom the user brings into groups, new ones and others
 * @param peopleAtOnce people after a pause, and with one request
 * @param directsPerMinute direct conversations that the user opens with new people
 * @param directsAtOnce direct conversations after a pause
 * @param maxTracked how many limits of users are kept in mind; what was idle longest is forgotten first
 */
@ConfigurationProperties("parley.conversation.limits")
public record UserLimitSettings(
        @DefaultValue("20") int groupsPerMinute,
        @DefaultValue("100") int groupsAtOnce,
        @DefaultValue("100") int peoplePerMinute,
        @DefaultValue("500") int peopleAtOnce,
        @DefaultValue("60") int directsPerMinute,
        @DefaultValue("200") int directsAtOnce,
        @DefaultValue("100000") int maxTracked) {

    public UserLimitSettings {
        SettingsCheck.of("parley.conversation.limits")
                .positive("groups-per-minute", groupsPerMinute)
                .positive("groups-at-once", groupsAtOnce)
                .positive("people-per-minute", peoplePerMinute)
                .positive("people-at-once", peopleAtOnce)
                .positive("directs-per-minute", directsPerMinute)
                .positive("directs-at-once", directsAtOnce)
                .positive("max-tracked", maxTracked);
    }

    /** In this time every limit is as it was at the beginning. */
    Duration longestRecovery() {
        int minutes = Math.max(
                groupsAtOnce / groupsPerMinute,
                Math.max(peopleAtOnce / peoplePerMinute, directsAtOnce / directsPerMinute));
        return Duration.ofMinutes(minutes + 1L);
    }
}
