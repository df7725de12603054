package dev.parley.conversation.conversation;

import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.platform.page.Page;
import dev.parley.platform.page.PageRequest;
import dev.parley.platform.security.Caller;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The conversations of a user, last active first. Two queries, however many conversations there are. */
@Component
public final class ConversationList {

    private static final Comparator<Conversation> LAST_ACTIVE_FIRST =
            Comparator.comparing(Conversation::lastActivityAt).reversed().thenComparing(Conversation::id);

    private final ConversationStore store;
    private final Memberships memberships;

    ConversationList(ConversationStore store, Memberships memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    public Mono<Page<Conversation>> of(Caller caller, PageRequest page) {
        return memberships
                .ofUser(caller.userId())
                .filter(Membership::approved)
                .map(Membership::conversationId)
                .collectList()
                .flatMap(ids -> store.byIds(ids).collectSortedList(LAST_ACTIVE_FIRST))
                .map(conversations -> page(conversations, page));
    }

    private static Page<Conversation> page(List<Conversation> all, PageRequest page) {
        List<Conversation> stretch =
                all.stream().skip(page.offset()).limit(page.limit()).toList();
        return Page.of(stretch, page, all.size());
    }
}
