package dev.parley.notification.model;

import dev.parley.events.MessageSnapshot;
import dev.parley.notification.model.ModelPeople.Wish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must become of a push, by what is known when it is told. */
final class ModelRules {

    static final String MESSAGE = "message";
    static final String REACTION = "reaction";
    static final String ADDED = "group-added";

    /** Somebody who is or was in a conversation. */
    static final class Member {
        boolean active = true;
        long fromSeq = 1;
        long readSeq;
        boolean muted;
    }

    /** A message as it is now. */
    record Content(MessageSnapshot message, String text) {

        boolean isDeleted() {
            return message.changes() != null && message.changes().deletedAt() != null;
        }
    }

    /**
     * Something to tell.
     *
     * @param messageId of what can be deleted and edited; null for an addition
     * @param expired whether it is too old to be told
     * @param to null for all who are members
     */
    record Told(
            String id,
            String kind,
            long seq,
            String actor,
            @Nullable String messageId,
            boolean expired,
            @Nullable List<String> to) {

        boolean isMessage() {
            return kind.equals(MESSAGE);
        }
    }

    /**
     * What must become of a push.
     *
     * @param outcome the status, and the type or the reason
     * @param text what it must show, if it is accepted; null for anything
     * @param what it tells of, in words
     */
    record Expected(String outcome, @Nullable String text, String what) {

        boolean isAccepted() {
            return outcome.startsWith("ACCEPTED");
        }
    }

    /** Who is told. */
    record Recipient(String userId, Member member, Wish wish) {}

    private final String talk;
    private final boolean direct;

    ModelRules(String talk, boolean direct) {
        this.talk = talk;
        this.direct = direct;
    }

    /** @param content null for an addition */
    Expected expected(Told told, @Nullable Content content, Recipient recipient) {
        boolean mention = isMention(told, content, recipient);
        String what = told.kind() + " at " + told.seq() + " in " + talk + " by " + told.actor();
        String why = suppression(told, content, recipient, mention);
        if (why != null) {
            return new Expected("SUPPRESSED " + why, null, what);
        }
        return recipient.wish() == Wish.REFUSED
                ? new Expected("FAILED status 400", null, what)
                : new Expected(
                        "ACCEPTED " + (mention ? "mention" : told.kind()),
                        told.isMessage() ? text(content, recipient, mention) : null,
                        what);
    }

    private boolean isMention(Told told, @Nullable Content content, Recipient recipient) {
        return told.isMessage()
                && !direct
                && content.message().mentions().contains(recipient.userId())
                && recipient.wish() != Wish.NOMENTIONS;
    }

    private static String text(Content content, Recipient recipient, boolean mention) {
        String hidden = mention ? "You were mentioned" : "New message";
        return recipient.wish() == Wish.NOPREVIEW ? hidden : content.text();
    }

    /** The first rule that applies; null if none does. */
    private static @Nullable String suppression(
            Told told, @Nullable Content content, Recipient recipient, boolean mention) {
        Member member = recipient.member();
        if (recipient.userId().equals(told.actor())) {
            return "own";
        }
        if (!member.active || told.isMessage() && told.seq() < member.fromSeq) {
            return "not-a-member";
        }
        if (content != null && content.isDeleted()) {
            return "deleted";
        }
        if (told.expired()) {
            return "expired";
        }
        if (told.isMessage() && told.seq() <= member.readSeq
                || told.kind().equals(ADDED) && told.seq() < member.readSeq) {
            return "read";
        }
        if (recipient.wish() == Wish.NOTHING) {
            return "disabled";
        }
        if (recipient.wish() == Wish.NOINVITES && !told.isMessage()) {
            return "preference";
        }
        if (member.muted && !mention) {
            return "muted";
        }
        return recipient.wish() == Wish.QUIET ? "quiet-hours" : null;
    }
}
