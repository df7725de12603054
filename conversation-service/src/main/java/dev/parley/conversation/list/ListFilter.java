package dev.parley.conversation.list;

import dev.parley.conversation.Membership;
import dev.parley.events.Block;
import dev.parley.events.Block.MediaKind;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations a list shows: those to which everything applies that is not null.
 *
 * @param groups groups, or else those of one or two
 * @param notified whether the member is notified of messages, which is while it is not muted
 * @param attachments whether the last message that the member sees has files
 * @param attachmentKind what kind of file is among them
 * @param words folded; each is somewhere in the name or description, or in the name of a direct conversation's other
 */
public record ListFilter(
        @Nullable Boolean groups,
        @Nullable Boolean pinned,
        @Nullable Boolean muted,
        @Nullable Boolean notified,
        @Nullable Boolean unread,
        @Nullable Role role,
        @Nullable Boolean attachments,
        @Nullable MediaKind attachmentKind,
        List<String> words) {

    boolean wantsUnread() {
        return unread != null;
    }

    boolean wantsAttachments() {
        return attachments != null || attachmentKind != null;
    }

    boolean wantsWords() {
        return !words.isEmpty();
    }

    /** Whether what the member set for the conversation is as wanted. */
    boolean fits(Membership member) {
        return (pinned == null || pinned == (member.personal().pinnedAt() != null))
                && (muted == null || muted == member.personal().muted(Instant.now()))
                && (notified == null || notified != member.personal().muted(Instant.now()))
                && (role == null || role == member.role());
    }

    boolean fits(ConversationKind kind) {
        return groups == null || groups == (kind == ConversationKind.GROUP);
    }

    boolean fitsUnread(long count) {
        return unread == null || unread == count > 0;
    }

    /** @param last the last message that the member sees */
    boolean fits(@Nullable MessageSnapshot last) {
        List<MediaKind> kinds = last == null
                ? List.of()
                : last.blocks().stream()
                        .flatMap(block -> block.accept(KINDS).stream())
                        .toList();
        return (attachments == null || attachments != kinds.isEmpty())
                && (attachmentKind == null || kinds.contains(attachmentKind));
    }

    /** The kinds of the files that a block shows. */
    private static final Block.Visitor<List<MediaKind>> KINDS = new Block.Visitor<>() {
        @Override
        public List<MediaKind> media(Block.Media media) {
            return List.of(media.kind());
        }

        @Override
        public List<MediaKind> sealed(Block.Sealed sealed) {
            List<MediaKind> kinds = sealed.media();
            return kinds == null ? List.of() : kinds;
        }

        @Override
        public List<MediaKind> text(Block.Text text) {
            return List.of();
        }

        @Override
        public List<MediaKind> encrypted(Block.Encrypted encrypted) {
            return List.of();
        }

        @Override
        public List<MediaKind> notice(Block.Notice notice) {
            return List.of();
        }

        @Override
        public List<MediaKind> unknown(Block.Unknown unknown) {
            return List.of();
        }
    };

    /** @param text what is searched, folded */
    boolean fits(String text) {
        return words.stream().allMatch(text::contains);
    }
}
