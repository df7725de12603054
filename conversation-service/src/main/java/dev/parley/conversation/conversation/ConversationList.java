package dev.parley.conversation.conversation;

import dev.parley.conversation.conversation.ConversationStore.Activity;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.platform.page.Page;
import dev.parley.platform.page.PageRequest;
import dev.parley.platform.security.Caller;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The conversations of a user, last active first. Three queries, however many conversations there are; only those of the
 * page are read whole.
 */
@Component
public final class ConversationList {

    private static final Comparator<Activity> LAST_ACTIVE_FIRST =
            Comparator.comparing(Activity::lastActivityAt).reversed().thenComparing(Activity::id);

    private final ConversationStore store;
    private final Memberships memberships;

    ConversationList(ConversationStore store, Memberships memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    public Mono<Page<Member>> of(Caller caller, PageRequest page) {
        return memberships
                .ofUser(caller.userId())
                .filter(Membership::approved)
                .collectMap(Membership::conversationId)
                .flatMap(own -> store.activity(own.keySet())
                        .collectSortedList(LAST_ACTIVE_FIRST)
                        .flatMap(all -> read(all, own, page)));
    }

    private Mono<Page<Member>> read(List<Activity> all, Map<String, Membership> own, PageRequest page) {
        List<String> ids = all.stream()
                .skip(page.offset())
                .limit(page.limit())
                .map(Activity::id)
                .toList();
        return store.byIds(ids)
                .collectMap(Conversation::id)
                .map(found -> ids.stream()
                        .flatMap(id -> Stream.ofNullable(found.get(id)))
                        .map(conversation ->
                                new Member(conversation, Objects.requireNonNull(own.get(conversation.id()))))
                        .toList())
                .map(conversations -> Page.of(conversations, page, all.size()));
    }
}
