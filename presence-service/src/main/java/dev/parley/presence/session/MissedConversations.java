package dev.parley.presence.session;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.RecoverySettings;
import dev.parley.presence.stream.Replay;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.update.ConversationAnnouncer;
import dev.parley.presence.update.ConversationUpdateScheduler;
import dev.parley.presence.update.PendingUpdates;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Shows a device that reconnects the conversations that are new to its user, ahead of the messages that it missed in them, and
 * after those messages the conversations that changed.
 */
@Component
final class MissedConversations {

    private static final Logger log = LoggerFactory.getLogger(MissedConversations.class);

    private final EventLog eventLog;
    private final ConversationAnnouncer announcer;
    private final ConversationUpdateScheduler updates;
    private final RecoverySettings settings;

    MissedConversations(
            EventLog eventLog,
            ConversationAnnouncer announcer,
            ConversationUpdateScheduler updates,
            PresenceSettings settings) {
        this.eventLog = eventLog;
        this.announcer = announcer;
        this.updates = updates;
        this.settings = settings.recovery();
    }

    /**
     * Shows it the conversations that came into its user's list, for as long as one announcement may take. What fails or is not
     * shown by then is left for {@link #showChanged}.
     *
     * @return those that were shown, with a stream offset from before each was requested
     */
    Mono<Map<String, StreamOffset>> showNew(ConnectedDevice device, Replay replay, Set<String> opened) {
        return Flux.fromIterable(opened)
                .flatMap(
                        id -> {
                            StreamOffset before = now();
                            return announced(replay.scope(), device.user(), id)
                                    .filter(shown -> shown)
                                    .map(shown -> Map.entry(id, before));
                        },
                        settings.maxConcurrentAnnouncements())
                .takeUntilOther(Mono.delay(settings.announcementTimeout()))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /**
     * Shows it, after a replay, what has changed.
     *
     * @param shown what {@link #showNew} showed
     * @param since from when on a change may not have been shown to the device
     */
    void showChanged(
            ConnectedDevice device, Replay replay, SessionEntry entry, Map<String, StreamOffset> shown, Instant since) {
        ConnectedUser user = device.user();
        shown.forEach((id, before) -> showAgainIfChanged(user, id, before));
        Set<String> opened = new HashSet<>(entry.opened());
        opened.addAll(replay.changes().opened());
        opened.removeAll(shown.keySet());
        Set<String> changed =
                new HashSet<>(eventLog.betweenEvents(view -> view.changedSince(since, entry.conversations())));
        changed.addAll(replay.changes().changed());
        changed.removeAll(opened);
        changed.removeAll(shown.keySet());
        changed.forEach(id -> updates.changed(user.tenantId(), id, user.id()));
        Flux.fromIterable(opened)
                .flatMap(id -> showOpened(replay.scope(), user, id), settings.maxConcurrentAnnouncements())
                .subscribe(nothing -> {}, failure -> log.warn("Could not show {} new conversations", device, failure));
    }

    /** Shows it to this device alone, or later to all devices of its user if that fails. */
    private Mono<Void> showOpened(FanoutScope scope, ConnectedUser user, String conversationId) {
        StreamOffset before = now();
        return announced(scope, user, conversationId)
                .doOnNext(shown -> {
                    if (shown) {
                        showAgainIfChanged(user, conversationId, before);
                    } else {
                        updates.opened(user.tenantId(), conversationId, List.of(user.id()));
                    }
                })
                .then();
    }

    /** Whether it could be shown. */
    private Mono<Boolean> announced(FanoutScope scope, ConnectedUser user, String conversationId) {
        PendingUpdates pending = new PendingUpdates(user.tenantId());
        pending.openedFor(user.id(), 0);
        PendingUpdates later = new PendingUpdates(user.tenantId());
        return announcer
                .announce(scope, conversationId, pending, later)
                .timeout(settings.announcementTimeout())
                .then(Mono.fromSupplier(later::isEmpty))
                .onErrorResume(failure -> {
                    log.warn("Could not show {} the conversation {} yet: {}", user, conversationId, failure.toString());
                    return Mono.just(false);
                });
    }

    /** The change may have been shown before the view of the conversation, which is older. */
    private void showAgainIfChanged(ConnectedUser user, String conversationId, StreamOffset before) {
        if (hasChanged(before, user, conversationId)) {
            updates.changed(user.tenantId(), conversationId, user.id());
        }
    }

    private StreamOffset now() {
        return eventLog.betweenEvents(EventLog.View::now);
    }

    private boolean hasChanged(StreamOffset since, ConnectedUser user, String conversationId) {
        return !eventLog.betweenEvents(view -> view.missed(since, user.key(), List.of(conversationId)))
                .isEmpty();
    }
}
