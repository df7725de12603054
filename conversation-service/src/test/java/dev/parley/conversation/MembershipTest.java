package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.StubSystemMessages.Outcome;
import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Topics;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TopicReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class MembershipTest extends MembershipTestCase {

    @Autowired
    private MembershipStore memberships;

    @Test
    void letsNewMembersInAtTheNotice() {
        String group = group(bob);
        StubSystemMessages.written(group, 7, 5);

        Answer answer = add(bob, group, carol, dave);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("participantCount").asInt()).isEqualTo(4);
        assertThat(roles(answer.body()))
                .containsOnly(
                        Map.entry(alice, "admin"),
                        Map.entry(bob, "member"),
                        Map.entry(carol, "member"),
                        Map.entry(dave, "member"));
        assertThat(windows(carol, group)).containsExactly("8-");
        assertThat(windows(alice, group)).containsExactly("1-");
        Membership carols = memberships.of(group, carol).block();
        assertThat(carols.reading().readSeq()).isEqualTo(8);
        assertThat(carols.reading().readOrdinal()).isEqualTo(5);
        assertThat(get(carol, group).body().path("isActive").asBoolean()).isTrue();
    }

    @Test
    void tellsMessageServiceAllThatTheNoticeSays() {
        String group = group(bob);

        add(alice, group, carol, dave);

        assertThat(StubSystemMessages.asked(group)).hasSize(1);
        JsonNode asked = StubSystemMessages.asked(group).get(0);
        assertThat(asked.path("key").asString()).isEqualTo(group + "/1");
        assertThat(asked.path("tenantId").asString()).isEqualTo("acme");
        assertThat(asked.path("actor").path("id").asString()).isEqualTo(alice);
        assertThat(asked.path("notice").path("type").asString()).isEqualTo("notice");
        Block.Notice notice = notices(group).get(0);
        assertThat(notice.kind()).isEqualTo(NoticeKind.MEMBERS_ADDED);
        assertThat(notice.members())
                .extracting(member -> member.user().displayName())
                .containsExactly("Name of " + carol, "Name of " + dave);
        assertThat(notice.plainText())
                .isEqualTo("Name of " + alice + " added Name of " + carol + " and Name of " + dave);
    }

    @Test
    void addsNobodyTwice() {
        String group = group(bob);

        Answer nothingNew = add(alice, group, bob, alice);
        Answer oneNew = add(alice, group, bob, carol, carol);

        assertThat(nothingNew.status()).isEqualTo(200);
        assertThat(oneNew.body().path("participantCount").asInt()).isEqualTo(3);
        assertThat(notices(group)).hasSize(1);
        assertThat(notices(group).get(0).members())
                .extracting(member -> member.user().id())
                .containsExactly(carol);
    }

    @Test
    void namesEveryUserWhoIsNone() {
        String group = group(bob);

        Answer refused = add(alice, group, bob, eve, carol, "nobody");

        assertThat(refused.code()).isEqualTo("request.invalid");
        assertThat(errorFields(refused)).containsExactly("userIds[1]", "userIds[3]");
        assertThat(StubSystemMessages.asked(group)).isEmpty();
        assertThat(get(carol, group).code()).isEqualTo("conversation.not-a-member");
    }

    @Test
    void namesEveryOffendingField() {
        String path = BASE + "/" + group(bob) + "/participants";

        assertThat(errorFields(as(alice).post(path, Map.of("userIds", "bob", "role", 1))))
                .containsExactly("userIds", "role");
        assertThat(errorFields(as(alice).post(path, Map.of("userIds", List.of(), "role", "owner"))))
                .containsExactly("userIds", "role");
        assertThat(errorFields(as(alice).call("PATCH", path + "/" + bob, Map.of())))
                .containsExactly("role");
        assertThat(errorFields(as(alice).post(BASE + "/" + group(bob) + "/leave", Map.of("andDelete", "yes"))))
                .containsExactly("andDelete");
    }

    @Test
    void addsAThousandAtOnceWithAHundredToANotice() {
        String group = group(bob);
        String[] crowd = crowd(1_000);

        Answer answer = add(alice, group, crowd);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("participantCount").asInt()).isEqualTo(1_002);
        assertThat(answer.body().path("participants").size()).isEqualTo(MAX_ROSTER);
        assertThat(notices(group)).hasSize(10).allSatisfy(notice -> assertThat(notice.members())
                .hasSize(100));
        assertThat(notices(group).stream()
                        .flatMap(notice -> notice.members().stream())
                        .map(member -> member.user().id()))
                .containsExactly(crowd);
        assertThat(memberships.ofConversation(group).count().block()).isEqualTo(1_002);
        assertThat(windows(crowd[0], group)).containsExactly("1-");
        assertThat(windows(crowd[999], group)).containsExactly("10-");
        assertThat(notices(group).get(0).plainText())
                .isEqualTo(
                        "Name of " + alice + " added Name of " + crowd[0] + ", Name of " + crowd[1] + " and 98 others");
    }

    @Test
    void boundsTheSizeOfAGroup() {
        String group = group(bob);
        add(alice, group, crowd(1_000));

        assertThat(add(alice, group, crowd(99)).code()).isEqualTo("conversation.too-many-participants");
        assertThat(add(alice, group, crowd(98)).status()).isEqualTo(200);
        assertThat(add(alice, group, carol).code()).isEqualTo("conversation.too-many-participants");
        assertThat(errorFields(add(alice, group, crowd(1_001)))).containsExactly("userIds");
    }

    @Test
    void leavesAFormerMemberWhatStandsUpToTheNotice() {
        String group = group(bob, carol);
        StubSystemMessages.written(group, 4, 4);

        Answer answer = remove(alice, group, bob);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("participantCount").asInt()).isEqualTo(2);
        assertThat(roles(answer.body())).doesNotContainKey(bob);
        assertThat(notices(group).get(0).kind()).isEqualTo(NoticeKind.MEMBER_REMOVED);
        assertThat(windows(bob, group)).containsExactly("1-5");
        JsonNode seen = get(bob, group).body();
        assertThat(seen.path("isActive").asBoolean(true)).isFalse();
        assertThat(seen.path("lastMessage").path("id").asString())
                .isEqualTo(StubSystemMessages.placed(group).get(0).id());
        assertThat(seen.path("lastMessage").path("content").path("text").asString())
                .isEqualTo("Name of " + alice + " removed Name of " + bob);
    }

    @Test
    void tellsWhenTheParticipantsAreThoseAfterTheChange() {
        String group = group(bob);

        add(alice, group, carol);
        remove(alice, group, bob);

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            List<String> told =
                    topic.await(group, 2, message -> TopicReader.type(message).equals("conversation.updated")).stream()
                            .map(message -> message.value())
                            .toList();
            assertThat(told).allSatisfy(event -> assertThat(event).doesNotContain("userId"));
        }
    }

    @Test
    void showsAFormerMemberWhoElseWasThereAtTheLeavingAndNobodyWhoCameLater() {
        String group = group(bob);
        remove(alice, group, bob);
        add(alice, group, carol);

        JsonNode seen = get(bob, group).body();
        JsonNode listed = as(bob).get(BASE).body().path("data").path(0);

        assertThat(roles(seen)).containsOnlyKeys(alice);
        assertThat(seen.path("participantCount").asInt()).isEqualTo(1);
        assertThat(seen.path("updatedAt").asString())
                .isEqualTo(seen.path("lastMessage").path("createdAt").asString());
        assertThat(listed).isEqualTo(seen);
        assertThat(roles(get(alice, group).body())).containsOnlyKeys(alice, carol);
    }

    @Test
    void letsMembersLeave() {
        String group = group(bob, carol);

        assertThat(leave(bob, group).status()).isEqualTo(204);
        Answer carols = remove(carol, group, carol);

        assertThat(carols.status()).isEqualTo(200);
        assertThat(carols.body().path("isActive").asBoolean(true)).isFalse();
        assertThat(notices(group)).extracting(Block.Notice::kind).containsOnly(NoticeKind.MEMBER_LEFT);
        assertThat(get(alice, group).body().path("participantCount").asInt()).isEqualTo(1);
        assertThat(get(bob, group).body().path("isActive").asBoolean(true)).isFalse();
        assertThat(leave(bob, group).code()).isEqualTo("conversation.not-a-member");
    }

    @Test
    void letsMembersLeaveForGood() {
        String group = group(bob);

        as(bob).post(BASE + "/" + group + "/leave", Map.of("andDelete", true));

        assertThat(get(bob, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(access(bob, group).status()).isEqualTo(403);
        assertThat(as(bob).get("/internal/access").body().path("conversations").size())
                .isZero();
        add(alice, group, bob);
        assertThat(windows(bob, group)).containsExactly("2-");
    }

    @Test
    void opensAnotherWindowForWhoComesBack() {
        String group = group(bob);
        StubSystemMessages.written(group, 3, 3);
        remove(alice, group, bob);
        StubSystemMessages.written(group, 9, 8);

        as(alice).post(BASE + "/" + group + "/participants", Map.of("userIds", List.of(bob), "role", "admin"));

        assertThat(windows(bob, group)).containsExactly("1-4", "10-");
        assertThat(roles(get(bob, group).body())).containsEntry(bob, "admin");
        Membership bobs = memberships.of(group, bob).block();
        assertThat(bobs.reading().readSeq()).isEqualTo(10);
        assertThat(bobs.reading().readOrdinal()).isEqualTo(8);
        assertThat(bobs.farewell()).isNull();
    }

    @Test
    void countsForWhoComesBackAllThatOneWroteBeforeHoweverLateItIsNoted() {
        String group = group(bob);
        remove(alice, group, bob);
        StubSystemMessages.written(group, 9, 8);
        StubSystemMessages.wrote(group, bob, 3);

        add(alice, group, bob);

        assertThat(memberships.of(group, bob).block().reading().readSentOrdinal())
                .isEqualTo(3);
    }

    @Test
    void leavesAComebackToLaterWhileItIsNotKnownWhatOneWrote() {
        String group = group(bob);
        remove(alice, group, bob);
        StubSystemMessages.wrote(group, bob, 3);
        StubSystemMessages.next(group, Outcome.FINE, Outcome.FAILS_BEFORE_STORING);

        assertThat(add(alice, group, bob).status()).isEqualTo(503);
        assertThat(memberships.of(group, bob).block().active()).isFalse();
        assertThat(add(alice, group, carol).status()).isEqualTo(200);

        Membership bobs = memberships.of(group, bob).block();
        assertThat(bobs.active()).isTrue();
        assertThat(bobs.reading().readSentOrdinal()).isEqualTo(3);
        assertThat(notices(group)).hasSize(3);
    }

    @Test
    void namesAnotherMemberInTheRosterWhenOneOfItGoes() {
        String[] crowd = crowd(12);
        String group = group(crowd);

        Answer answer = remove(alice, group, crowd[0]);

        assertThat(answer.body().path("participants").size()).isEqualTo(MAX_ROSTER);
        assertThat(roles(answer.body())).doesNotContainKey(crowd[0]);
        assertThat(Arrays.asList(crowd)).containsAll(others(answer));
    }

    @Test
    void namesTheCallerAndTheAdminsOfALargeGroup() {
        String[] crowd = crowd(12);
        String group = group(crowd);
        String last = crowd[11];
        String admin = crowd[10];

        JsonNode seen = get(last, group).body();
        assertThat(roles(seen))
                .hasSize(MAX_ROSTER + 1)
                .containsEntry(alice, "admin")
                .containsEntry(last, "member");
        assertThat(seen.path("role").asString()).isEqualTo("member");
        assertThat(seen.path("participantsTruncated").asBoolean()).isTrue();
        assertThat(seen.path("participantCount").asInt()).isEqualTo(13);
        assertThat(listed(last, group)).isEqualTo(get(last, group).body());
        assertThat(roles(get(alice, group).body())).hasSize(MAX_ROSTER).doesNotContainKeys(last, admin);

        JsonNode promoted = give(alice, group, admin, "admin").body();
        assertThat(roles(promoted)).hasSize(MAX_ROSTER + 1).containsEntry(admin, "admin");
        assertThat(roles(get(last, group).body())).containsEntry(admin, "admin").containsEntry(last, "member");
        assertThat(get(admin, group).body().path("role").asString()).isEqualTo("admin");
        remove(alice, group, crowd[0]);
        assertThat(roles(add(alice, group, bob).body()))
                .containsEntry(admin, "admin")
                .doesNotContainKey(bob);
        assertThat(roles(get(bob, group).body())).containsEntry(bob, "member");

        leave(alice, group);
        assertThat(roles(give(admin, group, last, "admin").body())).containsEntry(last, "admin");
        assertThat(roles(give(last, group, admin, "member").body())).containsEntry(last, "admin");
        assertThat(get(last, group).body().path("role").asString()).isEqualTo("admin");
        assertThat(get(admin, group).body().path("role").asString()).isEqualTo("member");
    }

    @Test
    void namesAsManyAdminsAsOthersOfAGroupOfAdmins() {
        String group = group(bob);
        String[] crowd = crowd(3 * MAX_ROSTER);

        JsonNode seen = as(alice)
                .post(BASE + "/" + group + "/participants", Map.of("userIds", List.of(crowd), "role", "admin"))
                .body();

        assertThat(roles(seen)).hasSize(2 * MAX_ROSTER);
        assertThat(roles(get(crowd[3 * MAX_ROSTER - 1], group).body()))
                .hasSize(2 * MAX_ROSTER + 1)
                .containsEntry(crowd[3 * MAX_ROSTER - 1], "admin");
        assertThat(roles(remove(alice, group, bob).body())).hasSize(2 * MAX_ROSTER);
    }

    @Test
    void tellsEachMemberOfALargeGroupTheMembersOwnPart() {
        String[] crowd = crowd(12);
        String group = group(crowd);

        JsonNode views = asService()
                .post(
                        "/internal/platform/chat-core/conversations/" + group + "/views",
                        Map.of("userIds", List.of(alice, crowd[11])))
                .body();

        assertThat(roles(views.path("conversation"))).hasSize(MAX_ROSTER).containsEntry(alice, "admin");
        assertThat(views.path("conversation").path("participantsTruncated").asBoolean())
                .isTrue();
        assertThat(views.path("members").valueStream()).hasSize(2).allSatisfy(own -> {
            boolean isAlice = own.path("userId").asString().equals(alice);
            assertThat(own.path("role").asString()).isEqualTo(isAlice ? "admin" : "member");
            assertThat(own.path("participant").path("userId").asString("")).isEqualTo(isAlice ? "" : crowd[11]);
        });
    }

    @Test
    void listsTheMembersInParts() {
        String[] crowd = crowd(12);
        String group = group(crowd);
        String path = BASE + "/" + group + "/members";
        List<String> all = ids(as(alice).get(path).body());

        assertThat(all).hasSize(13).contains(crowd).contains(alice);
        assertThat(ids(as(alice).get(path + "?limit=5").body())).isEqualTo(all.subList(0, 5));
        assertThat(ids(as(alice).get(path + "?page=3&limit=5").body())).isEqualTo(all.subList(10, 13));
        assertThat(ids(as(alice).get(path + "?page=4&limit=5").body())).isEmpty();
        assertThat(errorFields(as(alice).get(path + "?page=0&limit=x"))).containsExactly("page", "limit");
    }

    private static List<String> ids(JsonNode members) {
        return members.valueStream().map(member -> member.path("id").asString()).toList();
    }

    private JsonNode listed(String userId, String conversation) {
        return as(userId)
                .get(BASE)
                .body()
                .path("data")
                .valueStream()
                .filter(one -> id(one).equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsTheConversationsOfAUser() {
        String one = group(bob);
        String other = group(bob, carol);
        String left = group(bob);
        leave(bob, left);
        String path = "/internal/platform/memberships?userId=" + bob;

        assertThat(asService().get(path).body().path("conversationIds").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder(one, other);
        assertThat(as(bob).get(path).status()).isEqualTo(401);
    }

    @Test
    void tellsWhichOfManyAreMembersNow() {
        String group = group(bob, carol);
        remove(alice, group, carol);
        String path = "/internal/platform/conversations/" + group + "/members/among";

        Answer answer = asService().post(path, Map.of("userIds", List.of(alice, bob, carol, dave, "nobody")));

        assertThat(answer.body().path("userIds").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(alice, bob);
        assertThat(as(alice).post(path, Map.of("userIds", List.of(bob))).status())
                .isEqualTo(401);
    }

    @Test
    void tellsWhetherTwoAreMembersOfTheSameConversationNow() {
        String first = group(bob, carol);
        remove(alice, first, carol);
        group(carol);

        assertThat(contacts(alice, bob)).isTrue();
        assertThat(contacts(carol, alice)).isTrue();
        assertThat(contacts(bob, carol)).isFalse();
        assertThat(contacts(alice, dave)).isFalse();
        assertThat(as(alice)
                        .get("/internal/platform/contacts?userId=" + alice + "&otherId=" + bob)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tellsWhichOfManyAreContacts() {
        String first = group(bob, carol);
        remove(alice, first, carol);
        group(carol);

        assertThat(contactsAmong(alice, bob, carol, dave, "nobody")).containsExactlyInAnyOrder(bob, carol);
        assertThat(contactsAmong(bob, alice, carol)).containsExactly(alice);
        assertThat(contactsAmong(dave, alice, bob)).isEmpty();
        assertThat(contactsAmong(alice)).isEmpty();
        assertThat(as(alice)
                        .post("/internal/platform/contacts", Map.of("userId", alice, "userIds", List.of(bob)))
                        .status())
                .isEqualTo(401);
    }

    private List<String> contactsAmong(String userId, String... others) {
        Answer answer =
                asService().post("/internal/platform/contacts", Map.of("userId", userId, "userIds", List.of(others)));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body()
                .path("userIds")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private boolean contacts(String userId, String otherId) {
        Answer answer = asService().get("/internal/platform/contacts?userId=" + userId + "&otherId=" + otherId);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("contacts").asBoolean(false);
    }

    @Test
    void tellsAllThatAUserMayRead() {
        String first = group(bob);
        String second = group(bob);
        StubSystemMessages.written(second, 4, 4);
        remove(alice, second, bob);

        JsonNode readable = as(bob).get("/internal/access").body().path("conversations");

        assertThat(readable.valueStream()
                        .map(one -> one.path("conversationId").asString() + " " + windows(one) + " "
                                + one.path("active").asBoolean()))
                .containsExactly(first + " [1-] true", second + " [1-5] false");
    }

    @Test
    void tellsOtherServicesTheRulesThatHold() {
        String group = group(bob);

        JsonNode access = access(bob, group).body();

        assertThat(access.path("kind").asString()).isEqualTo("GROUP");
        assertThat(access.path("active").asBoolean()).isTrue();
        assertThat(access.path("maySend").asBoolean()).isTrue();
        assertThat(access.path("admin").asBoolean(true)).isFalse();
        assertThat(access.path("editWindowSeconds").asInt()).isEqualTo(900);
        assertThat(access.path("deleteWindowSeconds").asInt()).isEqualTo(1800);
        remove(alice, group, bob);
        assertThat(access(bob, group).body().path("maySend").asBoolean(true)).isFalse();
        assertThat(access("stranger-" + Ids.next(), group).status()).isEqualTo(403);
        assertThat(access(eve, group).status()).isEqualTo(404);
    }

    private List<String> others(Answer answer) {
        return roles(answer.body()).keySet().stream()
                .filter(user -> !user.equals(alice))
                .toList();
    }

    private static List<Block.Notice> notices(String group) {
        return StubSystemMessages.placed(group).stream()
                .map(MessageSnapshot::notice)
                .map(notice -> notice.orElseThrow())
                .toList();
    }
}
