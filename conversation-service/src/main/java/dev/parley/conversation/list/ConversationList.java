package dev.parley.conversation.list;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.RecentChanges;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.access.PendingChanges;
import dev.parley.events.UserSummary;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The conversations of a user, with all that the user was told. Four queries and a question to message-service, however many
 * conversations there are; two queries more if the question brought news. Only those of the page are read whole.
 */
@Component
public final class ConversationList {

    private final ListQueries queries;
    private final ConversationStore store;
    private final UserDirectory users;
    private final PendingChanges pendingChanges;
    private final RecentChanges recentChanges;

    ConversationList(
            ListQueries queries,
            ConversationStore store,
            UserDirectory users,
            PendingChanges pendingChanges,
            RecentChanges recentChanges) {
        this.recentChanges = recentChanges;
        this.pendingChanges = pendingChanges;
        this.queries = queries;
        this.store = store;
        this.users = users;
    }

    /** Those that the caller is or was in and did not delete: pinned ones first, then the last active. */
    public Mono<Slice<Member>> of(Caller caller, ListFilter filter, SliceRequest part) {
        return pendingChanges
                .completeAll(caller)
                .then(recentChanges.upToDate(caller.userId(), all(caller, filter), ConversationList::positions))
                .map(all -> all.stream()
                        .filter(entry -> entry.member().listed() && entry.fits(filter))
                        .toList())
                .flatMap(entry -> filter.wantsWords() ? search(entry, filter, caller) : Mono.just(entry))
                .flatMap(entry -> read(entry, part));
    }

    /** Also those that a new message brings back. */
    private Mono<List<ListEntry>> all(Caller caller, ListFilter filter) {
        return queries.memberships(caller.userId())
                .filter(member -> member.mayRead() && filter.fits(member))
                .collectMap(Membership::conversationId)
                .flatMap(own -> queries.entries(own.keySet(), filter)
                        .map(entry -> new ListEntry(entry, Objects.requireNonNull(own.get(entry.id()))))
                        .collectList());
    }

    private static Map<String, Long> positions(List<ListEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.member().active())
                .collect(Collectors.toMap(
                        ListEntry::id, entry -> entry.conversation().lastSeq()));
    }

    private Mono<List<ListEntry>> search(List<ListEntry> all, ListFilter filter, Caller caller) {
        Set<String> others = all.stream().flatMap(ListEntry::others).collect(Collectors.toSet());
        return users.find(others, caller).map(found -> all.stream()
                .filter(entry -> filter.fits(entry.searched(names(entry, found))))
                .toList());
    }

    private static Stream<String> names(ListEntry entry, Map<String, UserSummary> users) {
        return entry.others()
                .flatMap(id -> Stream.ofNullable(users.get(id)))
                .flatMap(user -> Stream.of(user.displayName(), user.username()));
    }

    private Mono<Slice<Member>> read(List<ListEntry> all, SliceRequest part) {
        Slice<ListEntry> wanted = part.of(all.stream().sorted(ListEntry.ORDER).toList());
        return store.byIds(wanted.items().stream().map(ListEntry::id).toList())
                .collectMap(Conversation::id)
                .map(found -> wanted.with(wanted.items().stream()
                        .flatMap(entry -> Stream.ofNullable(found.get(entry.id()))
                                .map(conversation -> new Member(conversation, entry.member())))
                        .toList()));
    }
}
