package dev.parley.notification.provider;

import java.time.Duration;

/**
 * One push for one device.
 *
 * @param pushId names it; a push that is sent again has the same
 * @param timeToLive how long a provider may keep it for a device that it cannot reach
 */
public record PushRequest(String pushId, DeviceAddress address, PushContent content, Duration timeToLive) {

    /** Whether it may wake the device. A withdrawal shows nothing, so it can wait until the device wakes anyway. */
    public boolean urgent() {
        return !content.silent();
    }
}
