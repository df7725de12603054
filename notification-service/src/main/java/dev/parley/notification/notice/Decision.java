package dev.parley.notification.notice;

import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.preference.PushPreferences;
import dev.parley.notification.push.Suppression;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is told of something, by what is known now.
 *
 * @param type what it is to the recipient
 * @param suppression why the recipient is not told; null for one who is
 */
record Decision(PushType type, @Nullable Suppression suppression) {

    /**
     * What there is to tell.
     *
     * @param direct whether it happened in a direct conversation, in which nobody has to be named to be meant
     * @param seq the position of the message that it is about; 0 if there is none
     * @param actorId who wrote, reacted or added
     * @param mentions whom the message names, by user id
     * @param deleted whether it is gone: the message was deleted, the reaction taken back
     * @param expired whether it is so old that nobody is to be told any more
     */
    record Subject(
            NoticeKind kind,
            boolean direct,
            long seq,
            String actorId,
            Collection<String> mentions,
            boolean deleted,
            boolean expired) {}

    /**
     * Who might be told.
     *
     * @param member null if the user never was in the conversation
     * @param open whether the user has the conversation before the eyes
     */
    record Recipient(String userId, @Nullable AudienceMember member, PushPreferences preferences, boolean open) {}

    /** The first rule that applies gives the reason: first what cannot change any more, then what the user chose, then the moment. */
    static Decision of(Subject subject, Recipient recipient, Instant now) {
        PushType type = type(subject, recipient);
        return new Decision(
                type,
                lasting(subject, recipient)
                        .or(() -> chosen(type, recipient, now))
                        .or(() -> momentary(recipient, now))
                        .orElse(null));
    }

    private static PushType type(Subject subject, Recipient recipient) {
        return switch (subject.kind()) {
            case MESSAGE -> isMention(subject, recipient) ? PushType.MENTION : PushType.MESSAGE;
            case REACTION -> PushType.REACTION;
            case GROUP_ADDED -> PushType.GROUP_ADDED;
        };
    }

    /** A mention that the recipient does not want to be told of as one is a message like any other. */
    private static boolean isMention(Subject subject, Recipient recipient) {
        return !subject.direct()
                && subject.mentions().contains(recipient.userId())
                && recipient.preferences().notifyOnMention();
    }

    private static Optional<Suppression> lasting(Subject subject, Recipient recipient) {
        AudienceMember member = recipient.member();
        if (recipient.userId().equals(subject.actorId())) {
            return Optional.of(Suppression.OWN);
        }
        if (member == null || !member.reader() || isBefore(subject, member)) {
            return Optional.of(Suppression.NOT_A_MEMBER);
        }
        if (subject.deleted()) {
            return Optional.of(Suppression.DELETED);
        }
        if (subject.expired()) {
            return Optional.of(Suppression.EXPIRED);
        }
        return hasRead(subject, member) ? Optional.of(Suppression.READ) : Optional.empty();
    }

    /** Who came after a message was written is not told of it. */
    private static boolean isBefore(Subject subject, AudienceMember member) {
        return subject.kind() == NoticeKind.MESSAGE && subject.seq() < member.fromSeq();
    }

    private static boolean hasRead(Subject subject, AudienceMember member) {
        return switch (subject.kind()) {
            case MESSAGE -> member.hasRead(subject.seq());
            // Its author has read a message long before somebody reacts to it.
            case REACTION -> false;
            // Whoever is added starts with everything read up to there.
            case GROUP_ADDED -> member.readSeq() > subject.seq();
        };
    }

    private static Optional<Suppression> chosen(PushType type, Recipient recipient, Instant now) {
        PushPreferences wanted = recipient.preferences();
        if (!wanted.notificationsEnabled()) {
            return Optional.of(Suppression.DISABLED);
        }
        if (type == PushType.REACTION && !wanted.notifyOnReaction()
                || type == PushType.GROUP_ADDED && !wanted.notifyOnGroupInvite()) {
            return Optional.of(Suppression.PREFERENCE);
        }
        AudienceMember member = recipient.member();
        return type != PushType.MENTION && member != null && member.muted(now)
                ? Optional.of(Suppression.MUTED)
                : Optional.empty();
    }

    private static Optional<Suppression> momentary(Recipient recipient, Instant now) {
        if (recipient.preferences().isQuiet(now)) {
            return Optional.of(Suppression.QUIET_HOURS);
        }
        return recipient.open() ? Optional.of(Suppression.OPEN) : Optional.empty();
    }
}
