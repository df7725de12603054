package dev.parley.presence.session;

import dev.parley.events.MessageCreated;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.MembershipClient;
import dev.parley.presence.session.SessionRecovery.Fresh;
import dev.parley.presence.session.SessionRecovery.Recoverable;
import dev.parley.presence.session.SessionRecovery.Unrecoverable;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.EventSubjects;
import dev.parley.presence.stream.EventSubjects.MembershipEffect;
import dev.parley.presence.stream.RecentEvent;
import dev.parley.presence.stream.RecoverySettings;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.ResyncReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decides whether a client that connects was connected before, and can be sent what it missed since. */
@Component
final class RecoveryDecider {

    private final EventLog eventLog;
    private final MembershipClient memberships;
    private final RecoverySettings settings;

    RecoveryDecider(EventLog eventLog, MembershipClient memberships, PresenceSettings settings) {
        this.eventLog = eventLog;
        this.memberships = memberships;
        this.settings = settings.recovery();
    }

    /** Completes once this node has read enough events to decide. */
    Mono<SessionRecovery> decide(ConnectedUser user, ConnectCredentials credentials) {
        return eventLog.whenCaughtUp().then(Mono.defer(() -> decideNow(user, credentials)));
    }

    private Mono<SessionRecovery> decideNow(ConnectedUser user, ConnectCredentials credentials) {
        String previous = credentials.previousSession();
        if (previous == null) {
            return Mono.just(new Fresh(newId(user)));
        }
        if (!PrivateSessionId.belongsTo(previous, user.key())) {
            return unrecoverable(user, ResyncReason.OTHER_USER);
        }
        String offset = credentials.offset();
        Optional<StreamOffset> parsed = StreamOffset.parse(offset == null ? "" : offset, eventLog.position());
        if (parsed.isEmpty()) {
            return unrecoverable(user, ResyncReason.UNKNOWN_OFFSET);
        }
        StreamOffset from = parsed.get();
        Instant now = Instant.now();
        if (from.time().isBefore(now.minus(settings.retention()))) {
            return unrecoverable(user, ResyncReason.GONE_TOO_LONG);
        }
        if (from.time().isAfter(now.plus(settings.maxClockSkew()))) {
            return unrecoverable(user, ResyncReason.UNKNOWN_OFFSET);
        }
        return eventLog.whenReached(from.position())
                .timeout(settings.maxWait())
                .then(Mono.defer(() -> recoverable(user, previous, from)))
                .onErrorResume(TimeoutException.class, behind -> unrecoverable(user, ResyncReason.SERVER_BEHIND));
    }

    private Mono<SessionRecovery> recoverable(ConnectedUser user, String privateId, StreamOffset from) {
        Optional<List<RecentEvent>> missed = eventLog.betweenEvents(
                view -> view.covers(from) ? Optional.of(view.missedAbout(from, user.key())) : Optional.empty());
        if (missed.isEmpty()) {
            return unrecoverable(user, ResyncReason.GONE_TOO_LONG);
        }
        return user.freshCaller()
                .flatMapMany(caller -> Flux.fromIterable(
                                left(missed.get(), user.id()).entrySet())
                        .concatMap(conversation -> memberships
                                .fromSeqAt(caller, conversation.getKey(), conversation.getValue())
                                .map(fromSeq -> Map.entry(conversation.getKey(), fromSeq))))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(fromSeqs -> new Recoverable(privateId, from, fromSeqs));
    }

    /**
     * The conversations of which a user was a member at first and that the user left, with the {@code seq} of the system
     * message.
     */
    private static Map<String, Long> left(List<RecentEvent> missed, String userId) {
        Map<String, Long> first = new LinkedHashMap<>();
        for (RecentEvent event : missed) {
            MembershipEffect effect = EventSubjects.membershipEffect(event.event(), userId);
            if (effect == MembershipEffect.NONE) {
                continue;
            }
            long seq = effect == MembershipEffect.REMOVED && event.event() instanceof MessageCreated notice
                    ? notice.message().seq()
                    : 0;
            first.putIfAbsent(event.event().conversationId(), seq);
        }
        first.values().removeIf(seq -> seq == 0);
        return first;
    }

    private static Mono<SessionRecovery> unrecoverable(ConnectedUser user, ResyncReason reason) {
        return Mono.just(new Unrecoverable(newId(user), reason));
    }

    private static String newId(ConnectedUser user) {
        return PrivateSessionId.next(user.key());
    }
}
