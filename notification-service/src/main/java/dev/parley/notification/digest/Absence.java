package dev.parley.notification.digest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * When a user who wants e-mails was there last, and what became of the e-mail for the time since then.
 *
 * @param wanted whether the user wants e-mails now
 * @param afterHours how long the user is away before there is one
 * @param seenAt when the user was there last, as far as is known
 * @param endedFor the {@code seenAt} of the absence of which nothing is left to do
 * @param sentAt when the last e-mail was sent, or may have been
 * @param dueAt when the user is looked at next; null if there is no reason to
 * @param begunAt when the sending of an e-mail was begun whose outcome is not noted
 * @param tries how often the server did not take it yet
 * @param expireAt when this is forgotten; null while the user wants e-mails
 * @param revision grows by one with each change, so that nobody overwrites what somebody else wrote
 */
@Document(AbsenceStore.COLLECTION)
record Absence(
        @Id String userId,
        String tenantId,
        boolean wanted,
        int afterHours,
        Instant seenAt,
        @Nullable Instant endedFor,
        @Nullable Instant sentAt,
        @Nullable Instant dueAt,
        @Nullable Instant begunAt,
        int tries,
        @Nullable Instant expireAt,
        long revision) {

    /** For how long it is remembered when a user who does not want e-mails any more got one: longer than any interval between two. */
    private static final Duration KEEP = Duration.ofDays(60);

    /** Of a user who has just chosen to get e-mails. */
    static Absence of(String userId, String tenantId, Instant now) {
        return new Absence(userId, tenantId, false, 0, now, null, null, null, null, 0, null, 0);
    }

    /** The user wants e-mails after so many hours, and was there to say so. */
    Absence wanted(int hours, Instant at, DigestSettings settings) {
        return wanted && hours == afterHours
                ? this
                : choose(true, hours, null).back(at).due(settings);
    }

    Absence unwanted(Instant now) {
        return wanted ? choose(false, afterHours, now.plus(KEEP)).dueAt(null) : this;
    }

    /** The user was there. What is older than what is known changes nothing. */
    Absence seen(Instant at, DigestSettings settings) {
        return at.isAfter(seenAt) ? back(at).due(settings) : this;
    }

    /** Whether an e-mail for the absence before was sent does not have to be known any more: the next one waits as if it was. */
    private Absence back(Instant at) {
        return at.isAfter(seenAt) ? state(at, endedFor, mayBeSentAt(), dueAt, null, 0) : this;
    }

    private @Nullable Instant mayBeSentAt() {
        return begunAt == null ? sentAt : begunAt;
    }

    private Absence due(DigestSettings settings) {
        if (seenAt.equals(endedFor)) {
            return dueAt(null);
        }
        Instant longEnough = seenAt.plus(Duration.ofHours(afterHours));
        return dueAt(sentAt == null ? longEnough : later(longEnough, sentAt.plus(settings.minInterval())));
    }

    /** Never, while the user does not want e-mails. */
    Absence dueAt(@Nullable Instant at) {
        return state(seenAt, endedFor, sentAt, wanted ? at : null, begunAt, tries);
    }

    /** An e-mail is about to be sent by whoever has the user until then. */
    Absence begin(Instant now, Instant leaseEnd) {
        return state(seenAt, endedFor, sentAt, leaseEnd, now, tries);
    }

    /** The server did not take it, and certainly sends nothing. */
    Absence notTaken(Instant again) {
        return state(seenAt, endedFor, sentAt, null, null, tries + 1).dueAt(again);
    }

    /** There is no e-mail for this absence, and will be none: nothing is left to do until the user was there again. */
    Absence ended() {
        return ended(sentAt);
    }

    Absence sent(Instant now) {
        return ended(now);
    }

    /** Nobody can say whether the e-mail that was begun was sent. It is not sent again, and the next one waits as if it was. */
    Absence interrupted() {
        return ended(mayBeSentAt());
    }

    private Absence ended(@Nullable Instant lastSentAt) {
        return state(seenAt, seenAt, lastSentAt, null, null, 0);
    }

    Absence next() {
        return new Absence(
                userId,
                tenantId,
                wanted,
                afterHours,
                seenAt,
                endedFor,
                sentAt,
                dueAt,
                begunAt,
                tries,
                expireAt,
                revision + 1);
    }

    /** The same user with another choice. */
    private Absence choose(boolean wants, int hours, @Nullable Instant forgottenAt) {
        return new Absence(
                userId, tenantId, wants, hours, seenAt, endedFor, sentAt, dueAt, begunAt, tries, forgottenAt, revision);
    }

    /** The same user and choice, with another state of the absence. */
    private Absence state(
            Instant lastSeenAt,
            @Nullable Instant nothingLeftFor,
            @Nullable Instant lastSentAt,
            @Nullable Instant nextDueAt,
            @Nullable Instant sendingSince,
            int triesSoFar) {
        return new Absence(
                userId,
                tenantId,
                wanted,
                afterHours,
                lastSeenAt,
                nothingLeftFor,
                lastSentAt,
                nextDueAt,
                sendingSince,
                triesSoFar,
                expireAt,
                revision);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
