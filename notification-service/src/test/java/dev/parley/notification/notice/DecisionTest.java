package dev.parley.notification.notice;

import static dev.parley.notification.notice.NoticeKind.GROUP_ADDED;
import static dev.parley.notification.notice.NoticeKind.MESSAGE;
import static dev.parley.notification.notice.NoticeKind.REACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.preference.PushPreferences;
import dev.parley.notification.preference.QuietHours;
import dev.parley.notification.push.Suppression;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is told of what: each rule, and which counts where several apply. */
class DecisionTest {

    private static final String ME = "me";
    private static final String OTHER = "other";
    private static final long SEQ = 7;
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    static Stream<Arguments> cases() {
        return Stream.of(
                // Nothing speaks against it.
                arguments("message", told(MESSAGE), "message"),
                arguments("reaction", told(REACTION), "reaction"),
                arguments("added", told(GROUP_ADDED), "group-added"),
                // Mentions are for groups, and for those who are named.
                arguments("mention", told(MESSAGE).mentions(ME), "mention"),
                arguments("mention of another", told(MESSAGE).mentions(OTHER), "message"),
                arguments(
                        "mention in a direct conversation",
                        told(MESSAGE).direct().mentions(ME),
                        "message"),
                arguments("unwanted mention", told(MESSAGE).mentions(ME).noMentions(), "message"),
                // The sender.
                arguments("own", told(MESSAGE).by(ME), "own"),
                arguments("own mention", told(MESSAGE).by(ME).mentions(ME), "own"),
                arguments("own reaction", told(REACTION).by(ME), "own"),
                arguments("own group", told(GROUP_ADDED).by(ME), "own"),
                // Members.
                arguments("stranger", told(MESSAGE).stranger(), "not-a-member"),
                arguments("former or refused", told(MESSAGE).notReading(), "not-a-member"),
                arguments("former, mentioned", told(MESSAGE).notReading().mentions(ME), "not-a-member"),
                arguments("former author", told(REACTION).notReading(), "not-a-member"),
                arguments("added and removed", told(GROUP_ADDED).notReading(), "not-a-member"),
                arguments("came later", told(MESSAGE).from(SEQ + 1), "not-a-member"),
                arguments("came before", told(MESSAGE).from(SEQ), "message"),
                arguments("author who came back", told(REACTION).from(SEQ + 1), "reaction"),
                // What is gone or old.
                arguments("deleted", told(MESSAGE).deleted(), "deleted"),
                arguments("taken back", told(REACTION).deleted(), "deleted"),
                arguments("expired", told(MESSAGE).expired(), "expired"),
                arguments("deleted and expired", told(MESSAGE).deleted().expired(), "deleted"),
                // Read.
                arguments("read", told(MESSAGE).read(SEQ), "read"),
                arguments("read further", told(MESSAGE).read(SEQ + 1), "read"),
                arguments("read up to the one before", told(MESSAGE).read(SEQ - 1), "message"),
                arguments("read mention", told(MESSAGE).mentions(ME).read(SEQ), "read"),
                arguments("reaction to what its author has read", told(REACTION).read(SEQ + 9), "reaction"),
                arguments("added, all read up to there", told(GROUP_ADDED).read(SEQ), "group-added"),
                arguments("added, read on", told(GROUP_ADDED).read(SEQ + 1), "read"),
                // The master switch.
                arguments("disabled", told(MESSAGE).disabled(), "disabled"),
                arguments("disabled mention", told(MESSAGE).disabled().mentions(ME), "disabled"),
                arguments("disabled and muted", told(MESSAGE).disabled().muted(1), "disabled"),
                arguments("read and disabled", told(MESSAGE).read(SEQ).disabled(), "read"),
                // Preferences of one kind.
                arguments("no reactions", told(REACTION).noReactions(), "preference"),
                arguments("no invitations", told(GROUP_ADDED).noInvitations(), "preference"),
                arguments("no reactions, a message", told(MESSAGE).noReactions().noInvitations(), "message"),
                arguments("no reactions, muted", told(REACTION).noReactions().muted(1), "preference"),
                // Mute.
                arguments("muted", told(MESSAGE).muted(1), "muted"),
                arguments("muted until now", told(MESSAGE).muted(0), "message"),
                arguments("muted before", told(MESSAGE).muted(-1), "message"),
                arguments("muted direct", told(MESSAGE).direct().muted(1), "muted"),
                arguments(
                        "muted direct with a name",
                        told(MESSAGE).direct().mentions(ME).muted(1),
                        "muted"),
                arguments("mention through mute", told(MESSAGE).mentions(ME).muted(1), "mention"),
                arguments(
                        "unwanted mention, muted",
                        told(MESSAGE).mentions(ME).noMentions().muted(1),
                        "muted"),
                arguments(
                        "mention of another, muted",
                        told(MESSAGE).mentions(OTHER).muted(1),
                        "muted"),
                arguments("muted reaction", told(REACTION).muted(1), "muted"),
                arguments("muted invitation", told(GROUP_ADDED).muted(1), "muted"),
                // Quiet hours.
                arguments("quiet", told(MESSAGE).quiet(), "quiet-hours"),
                arguments("quiet mention", told(MESSAGE).mentions(ME).quiet(), "quiet-hours"),
                arguments(
                        "quiet mention through mute",
                        told(MESSAGE).mentions(ME).muted(1).quiet(),
                        "quiet-hours"),
                arguments("quiet reaction", told(REACTION).quiet(), "quiet-hours"),
                arguments("muted and quiet", told(MESSAGE).muted(1).quiet(), "muted"),
                // Open.
                arguments("open", told(MESSAGE).open(), "open"),
                arguments("open mention", told(MESSAGE).mentions(ME).open(), "open"),
                arguments("open reaction", told(REACTION).open(), "open"),
                arguments("quiet and open", told(MESSAGE).quiet().open(), "quiet-hours"),
                arguments("muted and open", told(MESSAGE).muted(1).open(), "muted"),
                arguments("read and open", told(MESSAGE).read(SEQ).open(), "read"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("cases")
    void followsTheRules(String name, Case known, String expected) {
        assertThat(known.decided()).isEqualTo(expected);
    }

    /** Whoever is not told for one reason is not told for any further one. */
    @ParameterizedTest
    @EnumSource(NoticeKind.class)
    void tellsNobodyForWhomARuleSpeaksAgainstIt(NoticeKind kind) {
        List<Case> refused = List.of(
                told(kind).by(ME),
                told(kind).stranger(),
                told(kind).notReading(),
                told(kind).deleted(),
                told(kind).expired(),
                told(kind).disabled(),
                told(kind).muted(1),
                told(kind).quiet(),
                told(kind).open());

        assertThat(refused).allSatisfy(one -> {
            assertThat(one.decision().suppression()).isNotNull();
            assertThat(one.quiet().open().read(SEQ + 1).decision().suppression())
                    .isNotNull();
        });
    }

    private static Case told(NoticeKind kind) {
        return new Case(kind);
    }

    /** A message, reaction or group of another user, of which I am told, until something is said against it. */
    private static final class Case {

        private final NoticeKind kind;
        private boolean direct;
        private String actor = OTHER;
        private List<String> mentions = List.of();
        private boolean deleted;
        private boolean expired;
        private boolean stranger;
        private boolean reader = true;
        private long from = 1;
        private long read;
        private @Nullable Instant mutedUntil;
        private boolean enabled = true;
        private boolean onMention = true;
        private boolean onReaction = true;
        private boolean onInvitation = true;
        private @Nullable QuietHours quietHours;
        private boolean open;

        Case(NoticeKind kind) {
            this.kind = kind;
        }

        Case direct() {
            direct = true;
            return this;
        }

        Case by(String userId) {
            actor = userId;
            return this;
        }

        Case mentions(String userId) {
            mentions = List.of(userId);
            return this;
        }

        Case deleted() {
            deleted = true;
            return this;
        }

        Case expired() {
            expired = true;
            return this;
        }

        Case stranger() {
            stranger = true;
            return this;
        }

        Case notReading() {
            reader = false;
            return this;
        }

        Case from(long seq) {
            from = seq;
            return this;
        }

        Case read(long seq) {
            read = seq;
            return this;
        }

        Case muted(long seconds) {
            mutedUntil = NOON.plusSeconds(seconds);
            return this;
        }

        Case disabled() {
            enabled = false;
            return this;
        }

        Case noMentions() {
            onMention = false;
            return this;
        }

        Case noReactions() {
            onReaction = false;
            return this;
        }

        Case noInvitations() {
            onInvitation = false;
            return this;
        }

        Case quiet() {
            quietHours = new QuietHours(true, "11:00", "13:00", "UTC");
            return this;
        }

        Case open() {
            open = true;
            return this;
        }

        Decision decision() {
            AudienceMember member =
                    stranger ? null : new AudienceMember("conversation", ME, reader, from, read, mutedUntil);
            PushPreferences preferences =
                    new PushPreferences(enabled, true, true, onMention, onReaction, onInvitation, quietHours);
            return Decision.of(
                    new Decision.Subject(kind, direct, SEQ, actor, mentions, deleted, expired),
                    new Decision.Recipient(ME, member, preferences, open),
                    NOON);
        }

        String decided() {
            Decision decision = decision();
            Suppression suppression = decision.suppression();
            return suppression == null ? decision.type().wireName() : suppression.wireName();
        }
    }
}
