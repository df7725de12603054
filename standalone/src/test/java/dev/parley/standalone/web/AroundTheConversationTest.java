package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the web client says of the connection, of addresses, of invitations and of the user. */
class AroundTheConversationTest {

    /** The tenant in which people are asked before they are added to groups. */
    private static final String ASKING_TENANT = "asking";

    private static AnnAndBo people;
    private static ChatWindow ann;
    private static ChatWindow bo;
    private static String suffix = "";

    @BeforeAll
    static void meet() throws IOException {
        people = AnnAndBo.met();
        ann = people.ann();
        bo = people.bo();
        suffix = people.suffix();
    }

    @BeforeEach
    void beginTogether() {
        people.goTogether();
        ann.reload();
        ann.awaitOnline();
        bo.awaitOnline();
    }

    @Test
    void withoutAConnectionNobodyIsSaidToBeOnlineAndWhatIsWrittenWaits() {
        ann.awaitTrue("document.querySelector('[data-testid=typing]').dataset.online === 'true'");
        ann.network(false);

        ann.awaitText("connection", "Offline");
        ann.awaitText("connection-text", "offline");
        ann.awaitText("next-try", "Next try in");
        ann.awaitTrue("document.querySelector('[data-testid=typing]').dataset.online === 'false'");
        ann.awaitTrue("!document.querySelector('.avatar.online')");
        ann.awaitTrue("!/online|last seen/.test(document.querySelector('[data-testid=typing]').textContent)");
        ann.awaitTrue("document.querySelector('[data-testid=connection-text]').ariaLive === 'polite'");
        ann.write("Written offline");
        ann.awaitShown("Written offline");

        ann.network(true);
        ann.awaitOnline();
        ann.awaitTrue("!document.querySelector('[data-testid=connection-text]').textContent");
        ann.awaitDelivered("Written offline");
        ann.awaitTrue("document.querySelector('[data-testid=typing]').dataset.online === 'true'");
    }

    @ParameterizedTest
    @CsvSource({
        "#/c/no-such-id, No such conversation",
        "#/c/%00, No such conversation",
        "#/c/01999999-9999-7999-8999-999999999999, No such conversation",
        "#/c/%E0%A4%A, There is nothing here",
        "#/c/, There is nothing here",
        "#/c/1/2, There is nothing here",
        "#/settings, There is nothing here",
        "#top, There is nothing here"
    })
    void anUnknownAddressSaysSoAndLeadsBack(String address, String title) {
        ann.go(RunningPlatform.baseUrl() + "/" + address);
        ann.awaitText("lost", title);

        ann.click("way-back");
        ann.awaitOne("nothing-open");
    }

    @Test
    void aPageThatIsOpenedAtAnUnknownAddressSaysSoToo() {
        ann.go(RunningPlatform.baseUrl() + "/#/c/no-such-id");
        ann.reload();
        ann.awaitText("lost", "No such conversation");
        ann.openConversationTitled("Bo " + suffix);
        ann.awaitText("conversation-title", "Bo");
        ann.awaitTrue("document.querySelector('[data-testid=lost]').hidden");
    }

    @Test
    void aChatWithOneselfHasAName() {
        ann.startChatWith("ann-" + suffix);

        ann.awaitText("conversation-title", "Notes to yourself");
        ann.write("Buy bread");
        ann.awaitHistory("Buy bread");
        ann.openConversationTitled("Notes to yourself");
        ann.click("info");
        ann.awaitText("info-title", "Notes to yourself");
        ann.click("close-dialog");
    }

    @Test
    void aNewNameIsSeenInAllTabsAndAfterAReload() {
        ann.openTab();
        ann.click("more");
        ann.click("profile");
        ann.replace("displayName", "Anna " + suffix);
        ann.awaitText("profile-saved", "Saved");
        ann.awaitText("me", "Anna " + suffix);
        ann.showTab(0);
        ann.awaitText("me", "Anna " + suffix);
        ann.reload();
        ann.awaitText("me", "Anna " + suffix);
        bo.reload();
        bo.awaitText("conversation-title", "Anna " + suffix);
        ann.showTab(1);
        ann.replace("displayName", "Ann " + suffix);
        ann.awaitText("me", "Ann " + suffix);
        ann.click("close-dialog");
        ann.closeTab();
        bo.reload();
        bo.awaitText("conversation-title", "Ann " + suffix);
    }

    /** As when a phone leaves the house, and its network changes while the page is loading. */
    @Test
    void aPageOfWhichAPartDidNotComeIsLoadedAgain() {
        ann.devTools("Network.enable", Map.of());
        ann.devTools("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        ann.devTools("Network.setBlockedURLs", Map.of("urls", List.of("*/views/composer.js")));
        ann.reload();
        ann.awaitTrue("document.getElementById('app').textContent.includes('could not be loaded')");

        ann.devTools("Network.setBlockedURLs", Map.of("urls", List.of()));

        ann.awaitOnline();
        ann.awaitTrue("sessionStorage.getItem('parley.load-tries') === null");
        ann.devTools("Network.setCacheDisabled", Map.of("cacheDisabled", false));
    }

    /** As that of a push, which may be clicked long after the session has ended. */
    @Test
    void aLinkIsFollowedAfterTheSignIn() {
        ann.go(RunningPlatform.baseUrl() + "/?tenant=linked-" + suffix);
        ann.register("Di " + suffix, "di-" + suffix);
        ann.startChatWith("di-" + suffix);
        String link = ann.address();
        ann.click("more");
        ann.click("log-out");
        ann.awaitOne("log-in-form");
        assertThat(ann.address()).doesNotContain("#");

        ann.go(link);
        ann.reload();
        ann.type("email", "di-" + suffix + "@example.org");
        ann.type("password", "correct horse battery staple");
        ann.click("submit");
        ann.awaitText("conversation-title", "Notes to yourself");
        assertThat(ann.address()).isEqualTo(link);
    }

    @Test
    void anInvitationIsShownAndAnswered() {
        String asking = RunningPlatform.baseUrl() + "/?tenant=" + ASKING_TENANT;
        ann.go(asking);
        bo.go(asking);
        ann.register("Ann " + suffix, "ann-" + suffix);
        bo.register("Bo " + suffix, "bo-" + suffix);
        ann.createGroup("One " + suffix, "bo-" + suffix);
        ann.createGroup("Two " + suffix, "bo-" + suffix);

        bo.awaitText("invitations", "One " + suffix);
        bo.awaitText("invitations", "Ann " + suffix);
        bo.awaitText("invitation", "Two " + suffix);
        bo.click("decline");
        bo.awaitTrue("!document.querySelector('[data-testid=invitations]').textContent.includes('Two')");
        bo.click("accept");
        bo.awaitText("conversation-title", "One " + suffix);
        bo.awaitNo("invitation");
        ann.openConversationTitled("One " + suffix);
        ann.awaitText("typing", "2 members");
    }

    @Test
    void loggingOutEverywhereEndsTheSessionInAllTabsAndBrowsers() {
        String elsewhere = RunningPlatform.baseUrl() + "/?tenant=elsewhere-" + suffix;
        ann.go(elsewhere);
        ann.register("Cy " + suffix, "cy-" + suffix);
        ann.openTab();
        bo.go(elsewhere);
        bo.type("email", "cy-" + suffix + "@example.org");
        bo.type("password", "correct horse battery staple");
        bo.click("submit");
        bo.awaitOnline();

        ann.click("more");
        ann.click("profile");
        ann.click("log-out-everywhere");
        ann.click("confirm");

        ann.awaitOne("log-in-form");
        ann.showTab(0);
        ann.awaitOne("log-in-form");
        bo.awaitOne("log-in-form");
        bo.awaitText("form-alert", "session has ended");
        ann.showTab(1);
        ann.closeTab();
        assertThat(ann.script("return Object.keys(localStorage).filter((key) => key.includes('elsewhere')).length"))
                .isEqualTo(0L);
    }
}
