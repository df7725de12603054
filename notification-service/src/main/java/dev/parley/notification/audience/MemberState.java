package dev.parley.notification.audience;

import dev.parley.events.CountStart;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A member while events are applied, one after the other. What was applied before changes nothing when it comes again, and
 * neither does what is older than what is known; except for a mute, of which the last one that comes counts.
 */
final class MemberState {

    /** The newest hidden messages that a count leaves out, as in conversation-service; further ones are counted. */
    private static final int MAX_HIDDEN = 1_000;

    private static final CountStart NOTHING = new CountStart(0, 0, 0);

    private final StoredMember before;
    private boolean active;
    private boolean mayRead;
    private long changedSeq;
    private long fromSeq;
    private CountStart read;
    private @Nullable CountStart cleared;
    private long sentOrdinal;
    private List<Long> hiddenSeqs;
    private @Nullable Instant mutedUntil;

    MemberState(StoredMember before) {
        this.before = before;
        this.active = before.active();
        this.mayRead = before.mayRead();
        this.changedSeq = before.changedSeq();
        this.fromSeq = before.fromSeq();
        this.read = before.read();
        this.cleared = before.cleared();
        this.sentOrdinal = before.sentOrdinal();
        this.hiddenSeqs = before.hiddenSeqs();
        this.mutedUntil = before.mutedUntil();
    }

    /** Somebody of whom nothing is known. */
    static MemberState unknown(String conversationId, String userId) {
        return new MemberState(new StoredMember(
                StoredMember.id(conversationId, userId),
                conversationId,
                userId,
                false,
                true,
                false,
                StoredMember.UNKNOWN,
                0,
                NOTHING,
                null,
                0,
                List.of(),
                null,
                0));
    }

    /** Was there from the beginning. */
    void created() {
        if (changedSeq == StoredMember.UNKNOWN) {
            active = true;
            changedSeq = 0;
            fromSeq = 1;
        }
    }

    /** Joined with a system message. All before it counts as read. */
    void joined(long seq, long ordinal) {
        if (changedSeq < seq) {
            active = true;
            mayRead = true;
            changedSeq = seq;
            fromSeq = seq;
            advance(new CountStart(seq, ordinal, sentOrdinal));
        }
    }

    /** Left with a system message. */
    void left(long seq) {
        if (changedSeq < seq) {
            active = false;
            changedSeq = seq;
        }
    }

    /** Wrote a message, which is the user's n-th. */
    void sent(long ordinal) {
        sentOrdinal = Math.max(sentOrdinal, ordinal);
    }

    void advance(CountStart to) {
        if (to.seq() > read.seq()) {
            read = to;
            keepHidden(hiddenSeqs);
        }
    }

    void clear(CountStart upTo) {
        if (cleared == null || upTo.seq() > cleared.seq()) {
            cleared = upTo;
        }
    }

    /** Deleted messages for the user alone, which count as unread otherwise. */
    void hide(List<Long> seqs) {
        TreeSet<Long> all = new TreeSet<>(hiddenSeqs);
        all.addAll(seqs);
        keepHidden(List.copyOf(all));
    }

    private void keepHidden(List<Long> seqs) {
        List<Long> unread = seqs.stream()
                .filter(seq -> seq > read.seq())
                .sorted(Comparator.naturalOrder())
                .toList();
        hiddenSeqs = unread.subList(Math.max(0, unread.size() - MAX_HIDDEN), unread.size());
    }

    void mute(@Nullable Instant until) {
        mutedUntil = until;
    }

    void permitReading(boolean permitted) {
        mayRead = permitted;
    }

    /** Takes over what conversation-service knows, except where more is known here already. */
    void copy(StoredMember source) {
        if (source.changedSeq() >= changedSeq) {
            active = source.active();
            changedSeq = source.changedSeq();
            fromSeq = source.fromSeq();
        }
        mayRead = source.mayRead();
        mutedUntil = source.mutedUntil();
        // Of the same position conversation-service knows better how much the user wrote up to it.
        if (source.read().seq() >= read.seq()) {
            read = source.read();
        }
        CountStart clearedThere = source.cleared();
        if (clearedThere != null && (cleared == null || clearedThere.seq() >= cleared.seq())) {
            cleared = clearedThere;
        }
        sent(source.sentOrdinal());
        hide(source.hiddenSeqs());
    }

    boolean isChanged() {
        return !stored(before.revision()).equals(before);
    }

    /** What the member was before. */
    StoredMember before() {
        return before;
    }

    StoredMember after() {
        return stored(before.revision() + 1);
    }

    private StoredMember stored(long revision) {
        return new StoredMember(
                before.id(),
                before.conversationId(),
                before.userId(),
                active,
                mayRead,
                active && mayRead,
                changedSeq,
                fromSeq,
                read,
                cleared,
                sentOrdinal,
                hiddenSeqs,
                mutedUntil,
                revision);
    }
}
