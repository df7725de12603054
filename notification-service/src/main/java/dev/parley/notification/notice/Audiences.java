package dev.parley.notification.notice;

import dev.parley.events.ConversationKind;
import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceConversation;
import dev.parley.notification.audience.AudienceMember;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who might be told of the notices of one batch. What several of them ask for is asked for once. */
final class Audiences {

    /**
     * Some of those who might be told of a notice, in the order of their ids.
     *
     * @param direct whether the conversation is one of two
     * @param members by user id; without those who never were in the conversation
     * @param cursor where the next ones begin; null if these are the last
     */
    record Portion(
            Notice notice,
            boolean direct,
            List<String> userIds,
            Map<String, AudienceMember> members,
            @Nullable String cursor) {}

    private record Readers(String conversationId, @Nullable String after) {}

    private final Audience audience;
    private final int limit;
    private final Map<String, Mono<Optional<AudienceConversation>>> conversations = new HashMap<>();
    private final Map<Readers, Mono<List<AudienceMember>>> readers = new HashMap<>();

    /** @param limit how many members of a notice are looked at */
    Audiences(Audience audience, int limit) {
        this.audience = audience;
        this.limit = limit;
    }

    /** The next ones of a notice. To be called by one thread. */
    Mono<Portion> next(Notice notice) {
        List<String> only = notice.only();
        return only == null ? nextReaders(notice) : nextOf(notice, only);
    }

    private Mono<Portion> nextReaders(Notice notice) {
        Readers key = new Readers(notice.conversationId(), notice.cursor());
        Mono<List<AudienceMember>> some =
                readers.computeIfAbsent(key, first -> audience.readers(key.conversationId(), key.after(), limit)
                        .cache());
        return Mono.zip(some, direct(notice)).map(found -> {
            List<AudienceMember> members = found.getT1();
            List<String> ids = members.stream().map(AudienceMember::userId).toList();
            return new Portion(notice, found.getT2(), ids, byId(members), cursor(ids));
        });
    }

    private Mono<Portion> nextOf(Notice notice, List<String> only) {
        String after = notice.cursor();
        Stream<String> left = only.stream().filter(userId -> after == null || userId.compareTo(after) > 0);
        List<String> ids = left.limit(limit).toList();
        return Mono.zip(audience.members(notice.conversationId(), ids), direct(notice))
                .map(found -> new Portion(notice, found.getT2(), ids, found.getT1(), cursor(ids)));
    }

    /** There may be more where there are as many as were asked for. */
    private @Nullable String cursor(List<String> ids) {
        return ids.size() < limit ? null : ids.get(ids.size() - 1);
    }

    /** A conversation that is not known any more has no members who could be told. */
    private Mono<Boolean> direct(Notice notice) {
        return conversations
                .computeIfAbsent(notice.conversationId(), id -> audience.conversation(id)
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .cache())
                .map(found -> found.filter(known -> known.kind() == ConversationKind.DIRECT)
                        .isPresent());
    }

    private static Map<String, AudienceMember> byId(List<AudienceMember> members) {
        return members.stream().collect(Collectors.toMap(AudienceMember::userId, member -> member));
    }
}
