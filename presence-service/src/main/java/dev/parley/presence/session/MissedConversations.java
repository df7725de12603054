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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows a device, after a replay, the conversations that are new to its user and those that changed. */
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

    /** @param since from when on a change may not have been shown to the device */
    void show(ConnectedDevice device, Replay replay, SessionEntry entry, Instant since) {
        ConnectedUser user = device.user();
        Set<String> opened = new HashSet<>(entry.opened());
        opened.addAll(replay.changes().opened());
        Set<String> changed =
                new HashSet<>(eventLog.betweenEvents(view -> view.changedSince(since, entry.conversations())));
        changed.addAll(replay.changes().changed());
        changed.removeAll(opened);
        changed.forEach(id -> updates.changed(user.tenantId(), id, user.id()));
        Flux.fromIterable(opened)
                .flatMap(id -> showOpened(replay.scope(), user, id), settings.maxConcurrentAnnouncements())
                .subscribe(nothing -> {}, failure -> log.warn("Could not show {} new conversations", device, failure));
    }

    /** Shows it to this device alone, or later to all devices of its user if that fails. */
    private Mono<Void> showOpened(FanoutScope scope, ConnectedUser user, String conversationId) {
        PendingUpdates pending = new PendingUpdates(user.tenantId());
        pending.openedFor(user.id(), 0);
        PendingUpdates later = new PendingUpdates(user.tenantId());
        StreamOffset before = eventLog.betweenEvents(EventLog.View::now);
        return announcer
                .announce(scope, conversationId, pending, later)
                .timeout(settings.announcementTimeout())
                .then(Mono.fromSupplier(later::isEmpty))
                .onErrorResume(failure -> {
                    log.warn(
                            "Could not show {} the conversation {}, trying again: {}",
                            user,
                            conversationId,
                            failure.toString());
                    return Mono.just(false);
                })
                .doOnNext(shown -> {
                    if (shown && hasChanged(before, user, conversationId)) {
                        // The change may have been shown before this view, which is older.
                        updates.changed(user.tenantId(), conversationId, user.id());
                    } else if (!shown) {
                        updates.opened(user.tenantId(), conversationId, List.of(user.id()));
                    }
                })
                .then();
    }

    private boolean hasChanged(StreamOffset since, ConnectedUser user, String conversationId) {
        return !eventLog.betweenEvents(view -> view.missed(since, user.key(), List.of(conversationId)))
                .isEmpty();
    }
}
