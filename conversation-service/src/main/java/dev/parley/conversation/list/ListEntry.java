package dev.parley.conversation.list;

import dev.parley.conversation.Conversation.Progress;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.unread.UnreadCount;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.text.TextFolding;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** A conversation that may come into a member's list, with what decides on that and on its place. */
record ListEntry(ConversationSummary conversation, Membership member) {

    /** What is read of a conversation for that; null where it was not asked for. */
    record ConversationSummary(
            @Id String id,
            ConversationKind kind,
            @Nullable String name,
            @Nullable String description,
            long lastSeq,
            Instant lastActivityAt,
            @Nullable Instant deletedAt,
            @Nullable MessageSnapshot lastMessage,
            @Nullable Progress progress,
            @Nullable List<RosterEntry> roster) {}

    /** Pinned ones first, the last pinned before the others; then the last active first. */
    static final Comparator<ListEntry> ORDER = Comparator.comparing(
                    ListEntry::pinnedAt, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
            .thenComparing(ListEntry::lastActivityAt, Comparator.reverseOrder())
            .thenComparing(ListEntry::id);

    String id() {
        return conversation.id();
    }

    private @Nullable Instant pinnedAt() {
        return member.personal().pinnedAt();
    }

    /** For a former member nothing happens any more after the leaving. */
    private Instant lastActivityAt() {
        MessageSnapshot farewell = member.active() ? null : member.farewell();
        return farewell == null ? conversation.lastActivityAt() : farewell.createdAt();
    }

    boolean fits(ListFilter filter) {
        return conversation.deletedAt() == null
                && filter.fits(conversation.kind())
                && (!filter.wantsUnread() || filter.fitsUnread(unread()))
                && (!filter.wantsAttachments() || filter.fits(Member.lastMessage(member, conversation.lastMessage())));
    }

    private long unread() {
        return member.active()
                ? UnreadCount.count(member.reading(), member.userId(), Objects.requireNonNull(conversation.progress()))
                : 0;
    }

    /** The other of a direct conversation, whose name is searched like that of a group. */
    Stream<String> others() {
        return conversation.kind() != ConversationKind.DIRECT || conversation.roster() == null
                ? Stream.empty()
                : conversation.roster().stream()
                        .map(RosterEntry::userId)
                        .filter(userId -> !userId.equals(member.userId()));
    }

    /** What is searched, folded. A former member finds it by the names of then. @param names what else the conversation is called */
    String searched(Stream<String> names) {
        ConversationSnapshot left = member.active() ? null : member.left();
        Stream<@Nullable String> own = left == null
                ? Stream.of(conversation.name(), conversation.description())
                : Stream.of(left.name(), left.description());
        return Stream.concat(own.filter(Objects::nonNull), names)
                .map(TextFolding::fold)
                .collect(Collectors.joining("\n"));
    }
}
