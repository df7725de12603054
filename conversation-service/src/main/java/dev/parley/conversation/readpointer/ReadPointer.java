package dev.parley.conversation.readpointer;

import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Reading;
import dev.parley.conversation.Membership.Reading.Mark;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.messageservice.UnreadRange.Place;
import java.time.Instant;
import org.bson.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/** A step of a member's read pointer. It only goes forward. */
final class ReadPointer {

    /** How many times of reading are remembered of a member. */
    static final int MAX_MARKS = 50;

    private ReadPointer() {}

    /** Holds while the pointer is where it was seen, and the member still may read what was seen to be readable. */
    static Criteria unmoved(Membership member) {
        return MembershipUpdates.guard(member)
                .and("reading.readSeq")
                .is(member.reading().readSeq())
                .and("changedSeq")
                .is(member.changedSeq());
    }

    /** Adds to a change what reading up to a place writes. What is read was delivered, too. */
    static Update advance(Update change, Membership member, Place place, Instant now) {
        Update update = change.set("reading.readSeq", place.seq())
                .set("reading.readOrdinal", place.ordinal())
                .set("reading.readSentOrdinal", place.senderOrdinal())
                .set("reading.readMessageId", place.messageId())
                .set("reading.readAt", now)
                .pull("reading.hiddenSeqs", new Document("$lte", place.seq()));
        if (member.reading().deliveredSeq() < place.seq()) {
            update.max("reading.deliveredSeq", place.seq()).set("reading.deliveredAt", now);
        }
        return update.push("reading.marks").slice(-MAX_MARKS).each(new Mark(place.seq(), now));
    }

    /** What counts are worked out from after that. */
    static Reading after(Reading before, Place place) {
        return new Reading(
                before.sentOrdinal(),
                place.seq(),
                place.ordinal(),
                place.senderOrdinal(),
                place.messageId(),
                before.readAt(),
                before.deliveredSeq(),
                before.deliveredAt(),
                before.marks(),
                before.hiddenSeqs());
    }
}
