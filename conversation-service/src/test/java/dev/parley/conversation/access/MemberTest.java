package dev.parley.conversation.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.Settings;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Personal;
import dev.parley.conversation.Membership.Reading;
import dev.parley.events.ConversationKind;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a member may do, by role, approval, permissions and the settings of the conversation. */
class MemberTest {

    private static final Settings OPEN = new Settings(false, false, false, 0, 0);
    private static final Settings STRICT = new Settings(true, true, false, 0, 0);

    /** Columns: an open group, a group where only admins write and add, a direct conversation. M: members, A: admins. */
    private static final String BY_ROLE = """
            READ                   | MA | MA | M
            SET_PERSONAL_STATE     | MA | MA | M
            LIST_MEMBERS           | MA | MA | M
            SEND                   | MA | A  | M
            CHANGE_MESSAGES        | MA | MA | M
            PIN_MESSAGES           | MA | MA | M
            EDIT_OTHERS_MESSAGES   |    |    |
            DELETE_OTHERS_MESSAGES | A  | A  |
            ADD_MEMBERS            | MA | A  |
            ADD_ADMINS             | A  | A  |
            REMOVE_MEMBERS         | A  | A  |
            CHANGE_ROLES           | A  | A  |
            CHANGE_INFO            | A  | A  |
            DELETE_FOR_EVERYBODY   | A  | A  |
            LEAVE                  | MA | MA |
            """;

    /** What an admin of an open group may do with these permissions, as a former member, or without approval. */
    private static final String BY_MEMBERSHIP = """
            READ                   | read
            SET_PERSONAL_STATE     | read
            LIST_MEMBERS           | read
            SEND                   | write
            CHANGE_MESSAGES        | write
            PIN_MESSAGES           | write
            EDIT_OTHERS_MESSAGES   | nothing
            DELETE_OTHERS_MESSAGES | write
            ADD_MEMBERS            | write
            ADD_ADMINS             | write
            REMOVE_MEMBERS         | write
            CHANGE_ROLES           | write
            CHANGE_INFO            | write
            DELETE_FOR_EVERYBODY   | write
            LEAVE                  | any
            """;

    private static Map<String, List<String>> table(String text) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            rows.put(cells.get(0), cells.subList(1, cells.size()));
        });
        return rows;
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void goesByTheRoleAndTheSettings(Action action) {
        List<String> cells = table(BY_ROLE).get(action.name());
        assertThat(cells).hasSize(3);
        for (Role role : Role.values()) {
            String letter = role == Role.ADMIN ? "A" : "M";
            assertThat(of(ConversationKind.GROUP, OPEN, membership(role)).may(action))
                    .isEqualTo(cells.get(0).contains(letter));
            assertThat(of(ConversationKind.GROUP, STRICT, membership(role)).may(action))
                    .isEqualTo(cells.get(1).contains(letter));
        }
        assertThat(of(ConversationKind.DIRECT, OPEN, membership(Role.MEMBER)).may(action))
                .isEqualTo(cells.get(2).contains("M"));
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void goesByTheApprovalThePermissionsAndThePresence(Action action) {
        String wanted = table(BY_MEMBERSHIP).get(action.name()).get(0);
        boolean never = wanted.equals("nothing");
        boolean any = wanted.equals("any");

        assertThat(may(action, true, true, false, "read")).isEqualTo(any || wanted.equals("read"));
        assertThat(may(action, true, true, false, "write")).isEqualTo(any || wanted.equals("write"));
        assertThat(may(action, true, true, false, "read", "write")).isEqualTo(!never);
        assertThat(may(action, true, true, false)).isEqualTo(!never);
        assertThat(may(action, true, true, false, "fly")).isEqualTo(any);
        assertThat(may(action, false, true, false)).isFalse();
        assertThat(may(action, false, true, false, "read", "write")).isFalse();
        boolean forFormer =
                action == Action.READ || action == Action.SET_PERSONAL_STATE || action == Action.LIST_MEMBERS;
        assertThat(may(action, true, false, false)).isEqualTo(forFormer);
        assertThat(may(action, true, false, false, "write")).isFalse();
        assertThat(may(action, true, false, true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "false, true,  '',    GROUP,  ADMIN,  NOT_A_MEMBER",
        "true,  false, '',    GROUP,  ADMIN,  NOT_A_MEMBER",
        "true,  true,  read,  DIRECT, MEMBER, NOT_PERMITTED",
        "true,  true,  '',    DIRECT, MEMBER, NOT_A_GROUP",
        "true,  true,  '',    GROUP,  MEMBER, NOT_AN_ADMIN",
    })
    void saysWhyNot(
            boolean approved,
            boolean active,
            String permission,
            ConversationKind kind,
            Role role,
            ConversationError error) {
        List<String> permissions = permission.isEmpty() ? List.of() : List.of(permission);
        Member member = of(kind, OPEN, membership(role, approved, active, false, permissions));

        assertThatThrownBy(() -> member.require(Action.CHANGE_INFO))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo(error));
    }

    @Test
    void sameRuleForWhoeverHasOnlyTheMembership() {
        for (List<String> permissions : List.of(List.<String>of(), List.of("read"), List.of("write"))) {
            for (boolean approved : new boolean[] {true, false}) {
                for (boolean active : new boolean[] {true, false}) {
                    Membership membership = membership(Role.MEMBER, approved, active, false, permissions);
                    assertThat(membership.mayRead())
                            .isEqualTo(
                                    of(ConversationKind.GROUP, OPEN, membership).may(Action.READ));
                }
            }
        }
    }

    private static boolean may(Action action, boolean approved, boolean active, boolean hidden, String... permissions) {
        return of(ConversationKind.GROUP, OPEN, membership(Role.ADMIN, approved, active, hidden, List.of(permissions)))
                .may(action);
    }

    private static Member of(ConversationKind kind, Settings settings, Membership membership) {
        Instant now = Instant.EPOCH;
        return new Member(
                new Conversation(
                        "c",
                        "acme",
                        kind,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "alice",
                        settings,
                        List.of(),
                        2,
                        0,
                        null,
                        Conversation.Progress.NONE,
                        now,
                        now,
                        now,
                        null,
                        0,
                        null,
                        null,
                        null,
                        null),
                membership);
    }

    private static Membership membership(Role role) {
        return membership(role, true, true, false, List.of());
    }

    private static Membership membership(
            Role role, boolean approved, boolean active, boolean hidden, List<String> permissions) {
        return new Membership(
                "c/alice",
                "acme",
                "c",
                "alice",
                role,
                approved,
                permissions,
                List.of(),
                active,
                Instant.EPOCH,
                0,
                new Personal(null, null, null, 0, hidden),
                Reading.from(0, 0),
                null,
                null,
                null);
    }
}
