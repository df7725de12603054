package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The list of conversations. */
class ListTest extends ConversationServiceTestCase {

    @Test
    void putsThePinnedFirstAndThenTheLastActive() {
        TestMessageLog first = group("First");
        TestMessageLog second = group("Second");
        TestMessageLog third = group("Third");
        TestMessageLog fourth = group("Fourth");
        change("POST", alice, third, "/pin");
        change("POST", alice, first, "/pin");
        said(second, alice, "active");

        assertThat(list("")).containsExactly(ids(first, third, second, fourth));
        assertThat(list("?page=2&limit=2")).containsExactly(ids(second, fourth));
        assertThat(list("?page=1&limit=3&isPinned=false")).containsExactly(ids(second, fourth));
    }

    @Test
    void filtersByEachOfWhatAClientCanAskFor() {
        TestMessageLog team = group("Team", bob);
        TestMessageLog chat = direct(alice, bob);
        TestMessageLog notes = direct(alice, alice);
        TestMessageLog guests =
                messageLogOf(as(bob).post(BASE + "/group", Map.of("name", "Guests", "participantIds", List.of(alice)))
                        .body());
        change("POST", alice, team, "/pin");
        change("POST", alice, chat, "/mute");
        said(chat, bob, "unread");
        attach(guests, bob, Block.MediaKind.IMAGE);
        attach(team, alice, Block.MediaKind.FILE);

        assertThat(list("?type=group")).containsExactlyInAnyOrder(ids(team, guests));
        assertThat(list("?type=direct")).containsExactlyInAnyOrder(ids(chat, notes));
        assertThat(list("?isPinned=true")).containsExactly(ids(team));
        assertThat(list("?isMuted=true")).containsExactly(ids(chat));
        assertThat(list("?isMuted=false")).containsExactlyInAnyOrder(ids(team, notes, guests));
        assertThat(list("?notificationsEnabled=false")).containsExactly(ids(chat));
        assertThat(list("?notificationsEnabled=true")).containsExactlyInAnyOrder(ids(team, notes, guests));
        assertThat(list("?hasUnread=true")).containsExactlyInAnyOrder(ids(chat, guests));
        assertThat(list("?hasUnread=false")).containsExactlyInAnyOrder(ids(team, notes));
        assertThat(list("?role=admin")).containsExactly(ids(team));
        assertThat(list("?role=member")).containsExactlyInAnyOrder(ids(chat, notes, guests));
        assertThat(list("?hasAttachments=true")).containsExactlyInAnyOrder(ids(team, guests));
        assertThat(list("?hasAttachments=false")).containsExactlyInAnyOrder(ids(chat, notes));
        assertThat(list("?attachmentType=image")).containsExactly(ids(guests));
        assertThat(list("?attachmentType=document")).containsExactly(ids(team));
        assertThat(list("?attachmentType=audio")).isEmpty();

        assertThat(list("?type=group&hasUnread=true&hasAttachments=true")).containsExactly(ids(guests));
        assertThat(list("?type=group&role=member&isPinned=true")).isEmpty();
        assertThat(list("?isMuted=true&notificationsEnabled=true")).isEmpty();
    }

    @Test
    void countsOnlyWhatIsWantedInAPage() {
        TestMessageLog[] groups = {group("A"), group("B"), group("C")};
        direct(alice, bob);

        JsonNode meta =
                as(alice).get(BASE + "?type=group&page=1&limit=2").body().path("meta");

        assertThat(meta.path("total").asInt()).isEqualTo(groups.length);
        assertThat(meta.path("totalPages").asInt()).isEqualTo(2);
        assertThat(meta.path("hasMore").asBoolean()).isTrue();
    }

    @Test
    void searchesEveryWordInNamesAndDescriptions() {
        TestMessageLog design = messageLogOf(as(alice)
                .post(
                        BASE + "/group",
                        Map.of(
                                "name",
                                "Design Team",
                                "description",
                                "Übergabe on Mondays",
                                "participantIds",
                                List.of()))
                .body());
        TestMessageLog other = group("Design only");
        TestMessageLog chat = direct(alice, bob);
        group("Else", bob);

        assertThat(list("?search=design")).containsExactlyInAnyOrder(ids(design, other));
        assertThat(list("?search=TEAM sign")).containsExactly(ids(design));
        assertThat(list("?search=übergabe design")).containsExactly(ids(design));
        assertThat(list("?search=design missing")).isEmpty();
        assertThat(list("?search=" + bob)).containsExactly(ids(chat));
        assertThat(list("?search=Name of " + bob)).containsExactly(ids(chat));
        assertThat(list("?search=")).hasSize(4);
        assertThat(list("?search=.*")).isEmpty();
    }

    @Test
    void namesEveryValueThatCannotBeAskedFor() {
        Answer refused = as(alice)
                .get(BASE + "?type=channel&isPinned=yes&isMuted=1&hasUnread=TRUE&role=owner&hasAttachments="
                        + "&attachmentType=pdf&notificationsEnabled=no&page=0&limit=x&search=" + "x".repeat(201));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("request.invalid");
        assertThat(refused.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .containsExactlyInAnyOrder(
                        "page",
                        "limit",
                        "type",
                        "isPinned",
                        "isMuted",
                        "notificationsEnabled",
                        "hasUnread",
                        "role",
                        "hasAttachments",
                        "attachmentType",
                        "search");
    }

    @Test
    void showsTheLastMessageWithItsSenderAndHowFarItHasCome() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot message = said(chat, alice, "hello");

        JsonNode last = as(bob).get(BASE).body().path("data").get(0).path("lastMessage");
        assertThat(last.path("id").asString()).isEqualTo(message.id());
        assertThat(last.path("senderId").asString()).isEqualTo(alice);
        assertThat(last.path("sender").path("displayName").asString()).isEqualTo("Name of " + alice);
        assertThat(last.path("deliveryStatus").asString()).isEqualTo("sent");
        read(bob, chat, Map.of());
        assertThat(as(alice)
                        .get(BASE)
                        .body()
                        .path("data")
                        .get(0)
                        .path("lastMessage")
                        .path("deliveryStatus")
                        .asString())
                .isEqualTo("read");
    }

    @Test
    void showsAFormerMemberNothingAfterTheLeaving() {
        TestMessageLog left = group("Left", bob, carol);
        said(left, alice, "while bob was there");
        as(bob).post(BASE + "/" + left.conversationId + "/leave", Map.of());
        announceNewest(left);
        long notice = left.size();
        TestMessageLog later = direct(bob, carol);
        said(left, alice, "after");
        edit(left, said(left, alice, "not for bob"), "still not");
        awaitAdvanced(left);

        JsonNode list = as(bob).get(BASE).body().path("data");

        assertThat(list.valueStream().map(one -> one.path("id").asString())).containsExactly(ids(later, left));
        JsonNode seen = list.get(1);
        assertThat(seen.path("isActive").asBoolean(true)).isFalse();
        assertThat(seen.path("unreadCount").asLong()).isZero();
        assertThat(seen.path("lastMessage").path("seq").asLong()).isEqualTo(notice);
        assertThat(seen.path("lastMessage").path("content").path("type").asString())
                .isEqualTo("system");
        assertThat(as(bob).get(BASE + "/unread").body().path("totalUnread").asLong())
                .isZero();
        assertThat(read(bob, left, Map.of())).isEqualTo(204);
        assertThat(read(carol, left, Map.of())).isEqualTo(204);
        assertThat(published(left, "receipt.read", 1))
                .extracting(receipt -> receipt.path("userId").asString())
                .containsExactly(carol);
    }

    private void attach(TestMessageLog messageLog, String senderId, Block.MediaKind kind) {
        MessageSnapshot message = messageLog.send(
                senderId, Block.Media.elsewhere(kind, "f", "/f", null, "f", "a/b", 1, null, null, null));
        publish(new MessageCreated(message, null));
        Until.satisfied(() -> assertThat(conversation(senderId, messageLog)
                        .path("lastMessage")
                        .path("seq")
                        .asLong())
                .isEqualTo(message.seq()));
    }

    private List<String> list(String query) {
        return as(alice)
                .get(BASE + query)
                .body()
                .path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    private static String[] ids(TestMessageLog... messageLogs) {
        return Arrays.stream(messageLogs)
                .map(messageLog -> messageLog.conversationId)
                .toArray(String[]::new);
    }
}
