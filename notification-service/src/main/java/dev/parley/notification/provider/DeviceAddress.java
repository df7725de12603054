package dev.parley.notification.provider;

import org.jspecify.annotations.Nullable;

/**
 * Where a provider finds a device.
 *
 * @param token what the provider or the operating system calls it; for web push the address of the subscription
 * @param p256dh the public key of a web push subscription, base64url without padding; null for others
 * @param auth the secret of a web push subscription, base64url without padding; null for others
 */
public record DeviceAddress(
        ProviderName provider,
        String token,
        @Nullable String p256dh,
        @Nullable String auth) {

    /** Whoever knows an address can push to it. */
    @Override
    public String toString() {
        return "DeviceAddress[" + provider.wireName() + ", ***]";
    }
}
