package dev.parley.notification.audience;

import dev.parley.notification.audience.AudienceUpdates.Description;
import dev.parley.notification.audience.ConversationState.Creation;
import dev.parley.notification.audience.StoredConversation.Tombstone;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Copies what conversation-service knows, page by page, while events go on to be applied.
 *
 * <p>Of each page, first what is stored here is read, then what conversation-service knows, which so is as new at least; and
 * it is written only where nothing was written here meanwhile. What only grows, such as counts and positions, is never made
 * less: conversation-service may lag behind.
 */
@Component
final class AudienceCopy {

    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(40, Duration.ofMillis(1), Duration.ofMillis(200));

    /**
     * @param last the id to go on after; null if there is nothing more
     * @param copied how many there were
     */
    record Portion(@Nullable String last, int copied) {

        static final Portion END = new Portion(null, 0);
    }

    private final AudienceSource source;
    private final AudienceStore store;
    private final AudienceUpdates updates;
    private final int limit;

    AudienceCopy(AudienceSource source, AudienceStore store, AudienceUpdates updates, AudienceSettings settings) {
        this.source = source;
        this.store = store;
        this.updates = updates;
        this.limit = settings.pageSize();
    }

    Mono<Portion> conversations(@Nullable String after) {
        return copy(
                store.conversationsAfter(after, limit),
                StoredConversation::id,
                source.conversationsAfter(after, limit),
                AudienceSource.Conversation::conversationId,
                this::writeConversations);
    }

    Mono<Portion> members(@Nullable String after) {
        return copy(
                store.membersAfter(after, limit),
                StoredMember::id,
                source.membersAfter(after, limit),
                member -> member.stored().id(),
                this::writeMembers);
    }

    /** Writes; empty if some of it was written by somebody else since it was read. */
    private interface Writing<S, K> {
        Mono<Boolean> write(List<S> source, Map<String, K> known);
    }

    private <S, K> Mono<Portion> copy(
            Mono<List<K>> stored,
            Function<K, String> idOfStored,
            Mono<List<S>> source,
            Function<S, String> idOf,
            Writing<S, K> writing) {
        return UPDATE.run(
                stored,
                known -> source.flatMap(all -> {
                    if (all.isEmpty()) {
                        return Mono.just(Portion.END);
                    }
                    String end = idOf.apply(all.get(all.size() - 1));
                    if (known.size() == limit) {
                        // Of what comes behind these it is not known here whether it is stored.
                        String lastKnown = idOfStored.apply(known.get(limit - 1));
                        end = lastKnown.compareTo(end) < 0 ? lastKnown : end;
                    }
                    return write(
                            all, end, idOf, known.stream().collect(Collectors.toMap(idOfStored, one -> one)), writing);
                }),
                () -> new OptimisticLockingFailureException("Too much is written while it is copied"));
    }

    private static <S, K> Mono<Portion> write(
            List<S> all, String end, Function<S, String> idOf, Map<String, K> known, Writing<S, K> writing) {
        List<S> some =
                all.stream().filter(one -> idOf.apply(one).compareTo(end) <= 0).toList();
        return writing.write(some, known).map(written -> new Portion(end, some.size()));
    }

    private Mono<Boolean> writeConversations(
            List<AudienceSource.Conversation> source, Map<String, StoredConversation> known) {
        List<ConversationState> states = new ArrayList<>();
        List<Description> descriptions = new ArrayList<>();
        for (AudienceSource.Conversation one : source) {
            StoredConversation before = known.get(one.conversationId());
            state(one, before).ifPresent(states::add);
            Creation creation = new Creation(one.tenantId(), one.kind(), one.name());
            if (before == null || !creation.equals(creation(before))) {
                descriptions.add(
                        new Description(one.conversationId(), before == null ? 0 : before.revision(), creation));
            }
        }
        return updates.add(states).then(Mono.defer(() -> updates.describe(descriptions)));
    }

    /** What is not known yet. */
    private static Optional<ConversationState> state(
            AudienceSource.Conversation source, @Nullable StoredConversation known) {
        List<Tombstone> news = known == null
                ? source.tombstones()
                : source.tombstones().stream()
                        .filter(one -> !known.tombstones().contains(one))
                        .toList();
        boolean isKnown = known != null
                && known.lastSeq() >= source.lastSeq()
                && known.deleted() == source.deleted()
                && news.isEmpty();
        if (isKnown) {
            return Optional.empty();
        }
        ConversationState state = new ConversationState(source.conversationId());
        state.advanced(source.lastSeq(), source.lastOrdinal());
        news.forEach(state::entombed);
        if (source.deleted()) {
            state.deleted();
        }
        return Optional.of(state);
    }

    private static @Nullable Creation creation(StoredConversation known) {
        return known.tenantId() == null || known.kind() == null
                ? null
                : new Creation(known.tenantId(), known.kind(), known.name());
    }

    private Mono<Boolean> writeMembers(List<AudienceSource.Member> source, Map<String, StoredMember> known) {
        List<MemberState> changed = source.stream()
                .map(AudienceSource.Member::stored)
                .map(one -> {
                    StoredMember before = known.get(one.id());
                    MemberState state = before == null
                            ? MemberState.unknown(one.conversationId(), one.userId())
                            : new MemberState(before);
                    state.copy(one);
                    return state;
                })
                .filter(MemberState::isChanged)
                .toList();
        return updates.replace(changed);
    }
}
