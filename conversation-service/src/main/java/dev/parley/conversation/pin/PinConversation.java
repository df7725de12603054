package dev.parley.conversation.pin;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.events.ConversationUpdated;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The conversations that a user pinned.
 *
 * <p>Each takes one of the user's numbered slots, which is unique in the store. So there are never more of them than slots,
 * however many are pinned at once.
 */
@Component
public final class PinConversation {

    private static final int MAX_ATTEMPTS = 50;

    private final ConversationAccess access;
    private final PinSlots slots;
    private final MembershipUpdates updates;
    private final EventCodec events;
    private final PinSettings settings;

    PinConversation(
            ConversationAccess access,
            PinSlots slots,
            MembershipUpdates updates,
            EventCodec events,
            PinSettings settings) {
        this.access = access;
        this.slots = slots;
        this.updates = updates;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Pins a conversation for the caller. One that is pinned stays as it is.
     *
     * @return fails with {@link ConversationError#TOO_MANY_PINNED} if all slots are taken
     */
    public Mono<Void> pin(Caller caller, String conversationId) {
        return access.require(caller, conversationId, Action.SET_PERSONAL_STATE)
                .map(Member::membership)
                .filter(member -> member.personal().pinnedAt() == null)
                .flatMap(member -> pin(member, MAX_ATTEMPTS));
    }

    private Mono<Void> pin(Membership member, int attemptsLeft) {
        return slots.takenBy(member.userId()).collectList().flatMap(pinned -> freeSlot(member.userId(), pinned)
                .map(slot -> take(member, slot, attemptsLeft))
                .orElseGet(() -> makeRoom(member, pinned, attemptsLeft)));
    }

    private Optional<String> freeSlot(String userId, List<Membership> pinned) {
        Set<String> taken =
                pinned.stream().map(member -> member.personal().pinSlot()).collect(Collectors.toSet());
        return taken.size() >= settings.maxPinned()
                ? Optional.empty()
                : IntStream.range(0, settings.maxPinned())
                        .mapToObj(number -> PinSlots.slot(userId, number))
                        .filter(slot -> !taken.contains(slot))
                        .findFirst();
    }

    private Mono<Void> take(Membership member, String slot, int attemptsLeft) {
        Update pin = new Update()
                .set("personal.pinnedAt", Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .set("personal.pinSlot", slot);
        return updates.apply(
                        MembershipUpdates.guard(member).and("personal.pinnedAt").is(null), pin, updated(member))
                .then()
                .onErrorResume(
                        DuplicateKeyException.class,
                        taken -> attemptsLeft == 0 ? full() : pin(member, attemptsLeft - 1));
    }

    /** A conversation that is not there for the user any more gives its slot back when it is wanted. */
    private Mono<Void> makeRoom(Membership member, List<Membership> pinned, int attemptsLeft) {
        List<Membership> gone =
                pinned.stream().filter(other -> other.personal().hidden()).toList();
        return gone.isEmpty() || attemptsLeft == 0
                ? full()
                : slots.release(gone).then(Mono.defer(() -> pin(member, attemptsLeft - 1)));
    }

    private Mono<Void> full() {
        return Mono.error(ApiException.of(
                ConversationError.TOO_MANY_PINNED, "You can pin at most " + settings.maxPinned() + " conversations"));
    }

    public Mono<Void> unpin(Caller caller, String conversationId) {
        return access.require(caller, conversationId, Action.SET_PERSONAL_STATE)
                .map(Member::membership)
                .filter(member -> member.personal().pinnedAt() != null)
                .flatMap(member ->
                        updates.apply(MembershipUpdates.guard(member), PinSlots.unpin(new Update()), updated(member)))
                .then();
    }

    private PendingEvent updated(Membership member) {
        return events.pending(new ConversationUpdated(member.conversationId(), member.tenantId(), member.userId()));
    }
}
