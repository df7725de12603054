package dev.parley.notification.device;

import dev.parley.notification.preference.StoredPreferences;
import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.fetch.FetchError;
import dev.parley.platform.fetch.PublicEndpoints;
import dev.parley.platform.security.Caller;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Registers and removes the devices of users, as their clients ask. */
@Component
public final class RegisterDevice {

    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(2);

    private final DeviceStore devices;
    private final EndedSessions endedSessions;
    private final PublicEndpoints endpoints;
    private final DeviceSettings settings;
    private final StoredPreferences preferences;

    RegisterDevice(
            DeviceStore devices,
            EndedSessions endedSessions,
            PublicEndpoints endpoints,
            DeviceSettings settings,
            StoredPreferences preferences) {
        this.devices = devices;
        this.endedSessions = endedSessions;
        this.endpoints = endpoints;
        this.settings = settings;
        this.preferences = preferences;
    }

    /**
     * Registers a device, or refreshes what is known of it. If another user of the tenant had it, that user has it no more; if
     * another device had its address, that one is gone. A user who has too many loses the one that was not used for longest. The
     * first device gives the user preferences, with all defaults, if there are none.
     *
     * @return fails with {@link FetchError#NOT_ALLOWED} if it is to be reached at an address that is not public, or with
     *     {@link PlatformError#TOKEN_INVALID} if the caller has signed out
     */
    public Mono<Void> register(Caller caller, NewDevice registered) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Device device = new Device(
                registered.deviceId(),
                caller.tenantId(),
                caller.userId(),
                caller.sessionId(),
                registered.platform(),
                registered.address(),
                registered.locale(),
                now,
                now);
        return requirePublic(registered)
                .then(devices.put(device))
                .then(Mono.defer(() -> requireSignedIn(caller)))
                .then(Mono.defer(() -> devices.keepNewest(caller.userId(), settings.maxPerUser())))
                .then(Mono.defer(() -> preferences.createDefaults(caller.tenantId(), caller.userId())));
    }

    /** Removes a device of the caller's; nothing happens if there is none. */
    public Mono<Void> remove(Caller caller, String deviceId) {
        return devices.remove(caller.tenantId(), caller.userId(), deviceId);
    }

    private Mono<Void> requireSignedIn(Caller caller) {
        return endedSessions
                .contains(caller.sessionId())
                .filter(ended -> ended)
                .flatMap(ended -> devices.removeOfSession(caller.sessionId())
                        .then(Mono.error(ApiException.of(PlatformError.TOKEN_INVALID, "The session has ended"))));
    }

    /**
     * A browser's own push service is named by the browser, so by whoever calls. If its name cannot be looked up now, the door is
     * open: whoever sends there looks it up again, and connects to no other address than the one that was checked.
     */
    private Mono<Void> requirePublic(NewDevice registered) {
        if (registered.address().provider() != ProviderName.WEB_PUSH) {
            return Mono.empty();
        }
        return endpoints
                .find(registered.address().token())
                .timeout(LONGEST_LOOK_UP, Mono.empty())
                .onErrorResume(UnknownHostException.class, unknown -> Mono.empty())
                .then();
    }
}
