package dev.parley.conversation.pin;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationUpdates;
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
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
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

    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(50, Duration.ofMillis(1), Duration.ofMillis(40));

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
                .flatMap(member -> UPDATE.run(
                        slots.takenBy(member.userId()).collectList(), pinned -> pin(member, pinned), this::full))
                .then();
    }

    /** @return empty if it must be tried again: the free slot was taken meanwhile, or a slot was made free */
    private Mono<Boolean> pin(Membership member, List<Membership> pinned) {
        return freeSlot(member.userId(), pinned).map(slot -> take(member, slot)).orElseGet(() -> makeRoom(pinned));
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

    private Mono<Boolean> take(Membership member, String slot) {
        Update pin =
                new Update().set("personal.pinnedAt", ConversationUpdates.now()).set("personal.pinSlot", slot);
        return updates.apply(
                        MembershipUpdates.guard(member).and("personal.pinnedAt").is(null), pin, updated(member))
                .then(Mono.just(true))
                .onErrorResume(DuplicateKeyException.class, taken -> Mono.empty());
    }

    /** Frees the slots of conversations that the user deleted. They are freed only when all slots are taken. */
    private Mono<Boolean> makeRoom(List<Membership> pinned) {
        List<Membership> gone =
                pinned.stream().filter(other -> other.personal().hidden()).toList();
        return gone.isEmpty() ? Mono.error(this::full) : slots.release(gone).then(Mono.empty());
    }

    private ApiException full() {
        return ApiException.of(
                ConversationError.TOO_MANY_PINNED, "You can pin at most " + settings.maxPinned() + " conversations");
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
