package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TopicReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GroupEditTest extends MembershipTestCase {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void changesOnlyWhatIsGiven() {
        String group = group(bob);

        JsonNode renamed =
                edit(group, Map.of("name", " New ", "description", "About us")).body();
        JsonNode cleared = edit(group, Map.of("description", "")).body();

        assertThat(renamed.path("name").asString()).isEqualTo("New");
        assertThat(renamed.path("description").asString()).isEqualTo("About us");
        assertThat(renamed.path("participantCount").asInt()).isEqualTo(2);
        assertThat(cleared.path("name").asString()).isEqualTo("New");
        assertThat(cleared.has("description")).isFalse();
        assertThat(get(alice, group).body()).isEqualTo(cleared);
        assertThat(get(bob, group).body().path("role").asString()).isEqualTo("member");
        assertThat(get(bob, group).body().deepCopy().asObject().put("role", "admin"))
                .isEqualTo(cleared);
    }

    @Test
    void changesOneRuleAndLeavesTheOthers() {
        String group = group(bob);

        edit(group, Map.of("settings", Map.of("messageConfig", Map.of("editWindowSeconds", 60))));
        JsonNode rules = edit(group, Map.of("settings", Map.of("onlyAdminsCanMessage", true)))
                .body()
                .path("settings");

        assertThat(rules.path("onlyAdminsCanMessage").asBoolean()).isTrue();
        assertThat(rules.path("onlyAdminsCanAddMembers").asBoolean(true)).isFalse();
        assertThat(rules.path("historyVisibleToNewMembers").asBoolean(true)).isFalse();
        assertThat(rules.path("messageConfig").path("editWindowSeconds").asInt())
                .isEqualTo(60);
        assertThat(rules.path("messageConfig").path("deleteWindowSeconds").asInt())
                .isEqualTo(1800);
        JsonNode bobs = access(bob, group).body();
        assertThat(bobs.path("maySend").asBoolean(true)).isFalse();
        assertThat(bobs.path("editWindowSeconds").asInt()).isEqualTo(60);
        assertThat(access(alice, group).body().path("maySend").asBoolean()).isTrue();
    }

    @Test
    void letsOnlyAdminsAddMembersWhereThatIsTheRule() {
        String group = group(bob);
        edit(group, Map.of("settings", Map.of("onlyAdminsCanAddMembers", true)));

        assertThat(add(bob, group, carol).code()).isEqualTo("conversation.not-an-admin");
        assertThat(add(alice, group, carol).status()).isEqualTo(200);
    }

    @Test
    void showsNewMembersTheHistoryWhereThatIsTheRule() {
        String group = group(bob, dave);
        StubSystemMessages.written(group, 5, 5);
        remove(alice, group, dave);
        edit(group, Map.of("settings", Map.of("historyVisibleToNewMembers", true)));

        add(alice, group, carol, dave);

        assertThat(windows(carol, group)).containsExactly("1-");
        assertThat(windows(dave, group)).containsExactly("1-");
    }

    @Test
    void namesEveryOffendingFieldAndChangesNothing() {
        String group = group(bob);
        JsonNode before = get(alice, group).body();

        Answer refused = edit(
                group,
                Map.of(
                        "name",
                        "  ",
                        "description",
                        7,
                        "settings",
                        Map.of(
                                "onlyAdminsCanMessage",
                                "yes",
                                "onlyAdminsCanAddMembers",
                                true,
                                "messageConfig",
                                Map.of("editWindowSeconds", -1, "deleteWindowSeconds", 1.5))));

        assertThat(errorFields(refused))
                .containsExactly(
                        "name",
                        "description",
                        "settings.onlyAdminsCanMessage",
                        "settings.messageConfig.editWindowSeconds",
                        "settings.messageConfig.deleteWindowSeconds");
        assertThat(errorFields(edit(group, Map.of("settings", List.of())))).containsExactly("settings");
        assertThat(errorFields(edit(group, Map.of("name", "x".repeat(101))))).containsExactly("name");
        assertThat(errorFields(edit(group, Map.of("settings", Map.of("messageConfig", 1)))))
                .containsExactly("settings.messageConfig");
        assertThat(get(alice, group).body()).isEqualTo(before);
    }

    @Test
    void showsAnIcon() {
        String group = group(bob);

        JsonNode with = as(alice)
                .call("PUT", BASE + "/" + group + "/icon", Map.of("fileId", "file-1"))
                .body();
        assertThat(with.path("iconUrl").asString())
                .contains("/api/v1/storage/content/file-1?")
                .contains("signature=");
        assertThat(get(bob, group).body().path("iconUrl")).isEqualTo(with.path("iconUrl"));
        assertThat(edit(group, Map.of("name", "Other")).body().path("iconUrl")).isEqualTo(with.path("iconUrl"));

        JsonNode without =
                as(alice).call("DELETE", BASE + "/" + group + "/icon", Map.of()).body();
        assertThat(without.path("name").asString()).isEqualTo("Other");
        assertThat(without.has("iconUrl")).isFalse();
    }

    @Test
    void asksForAnIconInTheNameOfTheAdminAlone() {
        String group = group(bob);

        icon(bob, group, "file-1");
        icon(alice, group, "file-2");

        assertThat(StubIconFiles.claimsFor(group)).singleElement().satisfies(claim -> {
            assertThat(claim.path("userId").asString()).isEqualTo(alice);
            assertThat(claim.path("fileId").asString()).isEqualTo("file-2");
            assertThat(claim.path("tenantId").asString()).isEqualTo("acme");
            assertThat(claim.path("purpose").asString()).isEqualTo("icon");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "foreign, 404, file.not-found",
        "pending, 409, file.not-ready",
        "elsewhere, 409, file.already-attached",
        "text, 415, file.type-not-allowed",
        "infected, 403, file.infected",
        "away, 503, service.unavailable"
    })
    void keepsTheIconWhereMediaServiceGivesNoOther(String why, int status, String code) {
        String group = group(bob);
        JsonNode before = icon(alice, group, "file-1").body();

        Answer refused = icon(alice, group, why + "-2");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(get(alice, group).body().path("iconUrl")).isEqualTo(before.path("iconUrl"));
    }

    @Test
    void tellsWhichFileNobodyIsShownAnyMore() {
        String group = group(bob, carol);
        icon(alice, group, "seen");
        remove(alice, group, carol);
        icon(alice, group, "second");
        icon(alice, group, "second");
        icon(alice, group, "third");
        icon(alice, group, null);
        as(alice).call("DELETE", BASE + "/" + group, Map.of());

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            topic.await(group, 1, message -> TopicReader.type(message).equals("conversation.deleted"));
            List<String> released = topic.await(group, 0, message -> true).stream()
                    .map(message -> JSON.readTree(message.value())
                            .path("releasedFileId")
                            .asString(null))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            assertThat(released).as("carol still sees the first").containsExactly("second", "third");
        }
    }

    @Test
    void takesOnlyTheIdOfAFileAsAnIcon() {
        String path = BASE + "/" + group(bob) + "/icon";

        for (Map<String, ?> body : List.<Map<String, ?>>of(
                Map.of(), Map.of("fileId", 1), Map.of("fileId", "../x"), Map.of("fileId", "x".repeat(129)))) {
            assertThat(errorFields(as(alice).call("PUT", path, body))).containsExactly("fileId");
        }
    }

    @Test
    void tellsOthersOfEachChange() {
        String group = group(bob);
        edit(group, Map.of("name", "New"));
        edit(group, Map.of());
        as(alice).call("PUT", BASE + "/" + group + "/icon", Map.of("fileId", "file-1"));
        as(alice).call("DELETE", BASE + "/" + group + "/icon", Map.of());
        as(alice).call("DELETE", BASE + "/" + group, Map.of());

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            topic.await(group, 1, message -> TopicReader.type(message).equals("conversation.deleted"));
            var events =
                    topic.await(group, 3, message -> TopicReader.type(message).equals("conversation.updated"));
            assertThat(events.get(0).value()).contains("\"name\":\"New\"");
            assertThat(events.get(events.size() - 1).value()).doesNotContain("\"name\"");
            List<String> ids = events.stream()
                    .map(message ->
                            new String(message.headers().lastHeader("ce_id").value()))
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(3);
        }
    }

    private Answer icon(String userId, String group, @Nullable String fileId) {
        String path = BASE + "/" + group + "/icon";
        return fileId == null
                ? as(userId).call("DELETE", path, Map.of())
                : as(userId).call("PUT", path, Map.of("fileId", fileId));
    }

    private Answer edit(String group, Map<String, ?> body) {
        return as(alice).call("PATCH", BASE + "/" + group, body);
    }
}
