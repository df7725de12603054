package dev.parley.notification.preference;

import dev.parley.events.PreferencesChanged;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes over the preferences that auth-service kept and published before this service owned them. What this service publishes itself comes by
 * here too, and changes nothing, because it is stored already.
 */
@Component
class PreferenceTakeover implements EventHandler {

    /** Of its own: who joins or leaves a group interrupts all of its readers, whatever their topics. */
    static final String GROUP = "notification-service-preferences";

    private static final int MAX_CONCURRENT = 16;

    private final PreferenceStore store;

    PreferenceTakeover(PreferenceStore store) {
        this.store = store;
    }

    /** The revision decides which is the newer, so the order does not matter. */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .flatMap(
                        event -> event.data() instanceof PreferencesChanged changed
                                ? store.takeOver(published(changed))
                                : Mono.<Void>empty(),
                        MAX_CONCURRENT)
                .then();
    }

    private static UserPreferences published(PreferencesChanged event) {
        PreferencesChanged.QuietHours hours = event.quietHours();
        PreferencesChanged.EmailDigest digest = event.emailDigest();
        return new UserPreferences(
                event.userId(),
                event.tenantId(),
                event.notificationsEnabled(),
                event.soundEnabled(),
                event.messagePreview(),
                event.notifyOnMention(),
                event.notifyOnReaction(),
                event.notifyOnGroupInvite(),
                hours == null ? null : new QuietHours(hours.enabled(), hours.start(), hours.end(), hours.timezone()),
                event.lastSeenVisibility(),
                digest == null ? null : new EmailDigest(digest.enabled(), digest.afterHours()),
                event.revision());
    }

    @Bean
    static EventSubscription formerPreferences(PreferenceTakeover takeover) {
        return EventSubscription.shared(Topics.PREFERENCES, GROUP, takeover);
    }
}
