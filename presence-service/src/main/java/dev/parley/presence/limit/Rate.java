package dev.parley.presence.limit;

import dev.parley.platform.settings.SettingsCheck;

/**
 * How often something may be done.
 *
 * @param perSecond how often in the long run; zero for no limit
 * @param burst how often at once
 */
public record Rate(int perSecond, int burst) {

    public Rate {
        SettingsCheck.of("a rate in parley.presence.limits.events")
                .notNegative("per-second", perSecond)
                .require(perSecond == 0 || burst > 0, "burst", "must be positive");
    }

    boolean isUnlimited() {
        return perSecond == 0;
    }
}
