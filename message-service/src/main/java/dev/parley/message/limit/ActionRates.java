package dev.parley.message.limit;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often one user may do what. Of several instances each lets a tenth of a rate through beside it, and what may be done at once
 * within the first second.
 *
 * @param sendsPerSecond messages that a user may send per second in the long run; zero for no limit
 * @param sendsAtOnce such messages at once
 * @param editsPerSecond edits of a user per second in the long run; zero for no limit
 * @param editsAtOnce such edits at once
 * @param deletionsPerSecond messages that a user may delete per second in the long run, and as many for that user alone; zero
 *     for no limit
 * @param deletionsAtOnce such deletions at once
 * @param reactionsPerSecond reactions that a user may add or remove per second in the long run; zero for no limit
 * @param reactionsAtOnce such reactions at once
 * @param pinsPerSecond messages that a user may pin or unpin per second in the long run; zero for no limit
 * @param pinsAtOnce such pins at once
 * @param starsPerSecond messages that a user may mark or unmark per second in the long run; zero for no limit
 * @param starsAtOnce such marks at once
 * @param maxTrackedRates rates of users that are remembered; the one that was idle longest is forgotten
 */
@ConfigurationProperties("parley.message")
record ActionRates(
        @DefaultValue("10") int sendsPerSecond,
        @DefaultValue("60") int sendsAtOnce,
        @DefaultValue("5") int editsPerSecond,
        @DefaultValue("30") int editsAtOnce,
        @DefaultValue("10") int deletionsPerSecond,
        @DefaultValue("60") int deletionsAtOnce,
        @DefaultValue("10") int reactionsPerSecond,
        @DefaultValue("60") int reactionsAtOnce,
        @DefaultValue("4") int pinsPerSecond,
        @DefaultValue("40") int pinsAtOnce,
        @DefaultValue("10") int starsPerSecond,
        @DefaultValue("60") int starsAtOnce,
        @DefaultValue("200000") int maxTrackedRates) {

    ActionRates {
        SettingsCheck.of("parley.message")
                .notNegative("sends-per-second", sendsPerSecond)
                .positive("sends-at-once", sendsAtOnce)
                .notNegative("edits-per-second", editsPerSecond)
                .positive("edits-at-once", editsAtOnce)
                .notNegative("deletions-per-second", deletionsPerSecond)
                .positive("deletions-at-once", deletionsAtOnce)
                .notNegative("reactions-per-second", reactionsPerSecond)
                .positive("reactions-at-once", reactionsAtOnce)
                .notNegative("pins-per-second", pinsPerSecond)
                .positive("pins-at-once", pinsAtOnce)
                .notNegative("stars-per-second", starsPerSecond)
                .positive("stars-at-once", starsAtOnce)
                .positive("max-tracked-rates", maxTrackedRates);
    }
}
