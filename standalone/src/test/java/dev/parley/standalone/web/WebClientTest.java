package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import dev.parley.standalone.ChatUser;
import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The web client in real browsers, two people in a profile each, against the whole platform. */
class WebClientTest {

    /** More than a page of history and a screen, so that a jump has to load. */
    private static final int MANY = 90;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String tenant = "tenant-" + suffix;
    private ChatWindow ann;
    private ChatWindow bo;

    /** Each test has a tenant of its own, in which nobody is signed in yet. */
    @BeforeEach
    void register() throws IOException {
        ann = AnnAndBo.met().ann();
        bo = AnnAndBo.met().bo();
        for (ChatWindow window : List.of(ann, bo)) {
            window.go(RunningPlatform.baseUrl() + "/?tenant=" + tenant);
            window.awaitOne("log-in-form");
        }
        ann.register("Ann " + suffix, "ann-" + suffix);
        bo.register("Bo " + suffix, "bo-" + suffix);
    }

    @Test
    void twoPeopleTalkLiveAndFindTheirWordsAgainAfterAReload() {
        ann.startChatWith("bo-" + suffix);
        ann.write("Hello Bo <b>& co</b>");
        bo.openConversationTitled("Ann " + suffix);
        bo.awaitHistory("Hello Bo <b>& co</b>");

        bo.write("Hello Ann");
        ann.awaitHistory("Hello Bo <b>& co</b>", "Hello Ann");
        ann.write("Live enough?");
        bo.awaitHistory("Hello Bo <b>& co</b>", "Hello Ann", "Live enough?");

        ann.reload();
        ann.awaitOnline();
        ann.awaitHistory("Hello Bo <b>& co</b>", "Hello Ann", "Live enough?");
    }

    @Test
    void whatIsUnreadIsCountedUntilItIsSeenAndItsSenderSeesThat() {
        ann.startChatWith("bo-" + suffix);
        ann.write("One");
        ann.write("Two");
        bo.awaitText("unread", "2");
        bo.awaitTitle("(2) Parley");
        ann.awaitDelivery("Two", "delivered");

        bo.openConversationTitled("Ann " + suffix);
        ann.awaitDelivery("One", "read");
        ann.awaitDelivery("Two", "read");
        bo.awaitNo("unread");
        bo.awaitTitle("Parley");

        ann.clickIn("Two", "ticks");
        ann.awaitText("read-list", "Bo " + suffix);
        ann.click("close-dialog");
    }

    @Test
    void whatBecomesOfAMessageIsSeenByTheOther() {
        ann.startChatWith("bo-" + suffix);
        ann.write("Good mroning");
        ann.write("Never mind");
        bo.openConversationTitled("Ann " + suffix);
        bo.awaitHistory("Good mroning", "Never mind");

        ann.choose("Good mroning", "edit");
        ann.awaitField("composer", "Good mroning");
        ann.replace("composer", "Good morning");
        bo.awaitHistory("Good morning", "Never mind");
        bo.awaitOne("edited");

        bo.clickIn("Good morning", "message-react");
        bo.click("emoji");
        ann.awaitText("reaction", "👍");

        bo.choose("Good morning", "reply");
        bo.write("And to you");
        ann.awaitText("quote", "Good morning");
        ann.click("quote");
        ann.awaitTarget("Good morning");

        ann.choose("Good morning", "pin");
        bo.awaitText("pinned-last", "Good morning");

        ann.choose("Never mind", "delete");
        ann.click("confirm");
        bo.awaitHistory("Good morning", "Message deleted", "And to you");
    }

    @Test
    void aMemberWhoIsRemovedSeesNoMoreUntilTheyAreBack() {
        ann.createGroup("Launch " + suffix, "bo-" + suffix);
        ann.write("Welcome");
        bo.openConversationTitled("Launch " + suffix);
        bo.awaitHistory("Welcome");

        ann.click("info");
        ann.clickInMember("bo-" + suffix, "member-menu");
        ann.click("remove-member");
        ann.click("confirm");
        bo.awaitOne("closed");
        ann.awaitNoMember("bo-" + suffix);
        ann.click("close-dialog");
        ann.write("Between us");
        ann.awaitHistory("Welcome", "Between us");

        ann.click("info");
        ann.click("add-members");
        ann.pick("bo-" + suffix);
        ann.awaitMember("bo-" + suffix);
        ann.click("close-dialog");
        ann.write("Welcome back");
        bo.awaitHistory("Welcome", "Welcome back");
        bo.reload();
        bo.awaitHistory("Welcome", "Welcome back");
    }

    @Test
    void aSearchLeadsToTheMessageAndBackToTheLatest() {
        ChatUser carl = ChatUser.register(RunningPlatform.baseUrl(), "carl", tenant);
        ann.startChatWith(carl.username());
        ann.write("A needle " + suffix);
        ann.awaitHistory("A needle " + suffix);
        String conversation = carl.get("/api/v1/conversations")
                .path("data")
                .path(0)
                .path("id")
                .asString();
        String last = "";
        for (int number = 0; number < MANY; number++) {
            last = carl.send(conversation, "Straw " + number).path("id").asString();
        }
        String newest = "/api/v1/messages/" + last;
        Until.satisfied(() ->
                assertThat(carl.get(newest).path("deliveryStatus").asString()).isEqualTo("read"));
        ann.reload();
        ann.awaitShown("Straw " + (MANY - 1));

        ann.type("filter", "needle");
        ann.click("hit");
        ann.awaitTarget("A needle " + suffix);
        ann.click("jump");
        ann.awaitShown("Straw " + (MANY - 1));
    }
}
