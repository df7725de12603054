package dev.parley.conversation.readpointer;

import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Reading;
import dev.parley.conversation.Membership.Reading.Mark;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.messageservice.UnreadRange.MessagePosition;
import java.time.Instant;
import org.bson.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/** Moves a member's read pointer. It only goes forward. */
final class ReadPointer {

    /** How many times of reading are remembered of a member. */
    static final int MAX_MARKS = 50;

    /** How many ranges that were cleared and not read are remembered of a member; older ones count as read. */
    static final int MAX_SKIPPED = 50;

    private ReadPointer() {}

    /** Holds while neither the pointer nor the membership was changed since the member was read. */
    static Criteria unmoved(Membership member) {
        return MembershipUpdates.guard(member)
                .and("reading.readSeq")
                .is(member.reading().readSeq())
                .and("changedSeq")
                .is(member.changedSeq());
    }

    /** Adds to an update what reading up to a position writes. What is read was delivered, too. */
    static Update advance(Update change, Membership member, MessagePosition position, Instant now) {
        Update update = change.set("reading.readSeq", position.seq())
                .set("reading.readOrdinal", position.ordinal())
                .set("reading.readSentOrdinal", position.senderOrdinal())
                .set("reading.readMessageId", position.messageId())
                .set("reading.readAt", now)
                .pull("reading.hiddenSeqs", new Document("$lte", position.seq()));
        if (member.reading().deliveredSeq() < position.seq()) {
            update.max("reading.deliveredSeq", position.seq()).set("reading.deliveredAt", now);
        }
        member.reading().clearedUnread().ifPresent(skipped -> update.push("reading.skipped")
                .slice(-MAX_SKIPPED)
                .each(skipped));
        return update.push("reading.marks").slice(-MAX_MARKS).each(new Mark(position.seq(), now));
    }

    /** Adds to an update that the history was cleared up to a position. The pointer stays: clearing is not reading. */
    static Update clear(Update change, MessagePosition position) {
        return change.set("reading.cleared", position.countStart())
                .pull("reading.hiddenSeqs", new Document("$lte", position.seq()));
    }

    /** What the unread count is worked out from after that. */
    static Reading after(Reading before, MessagePosition position) {
        return new Reading(
                before.sentOrdinal(),
                position.seq(),
                position.ordinal(),
                position.senderOrdinal(),
                position.messageId(),
                before.readAt(),
                before.deliveredSeq(),
                before.deliveredAt(),
                before.marks(),
                before.hiddenSeqs(),
                before.cleared(),
                before.skipped(),
                before.earlier());
    }
}
