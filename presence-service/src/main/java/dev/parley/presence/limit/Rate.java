package dev.parley.presence.limit;

/**
 * How often something may be done.
 *
 * @param perSecond how often in the long run; zero for no limit
 * @param burst how often at once
 */
public record Rate(int perSecond, int burst) {

    public Rate {
        if (perSecond < 0 || perSecond > 0 && burst <= 0) {
            throw new IllegalArgumentException("No rate: " + perSecond + " a second, " + burst + " at once");
        }
    }

    boolean isUnlimited() {
        return perSecond == 0;
    }
}
