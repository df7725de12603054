package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a page tells of what while nobody looks at it. The browser's notifications and its screen are played by a script. */
class NotificationsTest {

    /** Remembers what is shown and heard, and makes the page believe what the test says of whether it is seen. */
    private static final String PLAY = """
            const [given] = arguments;
            window.shown = [];
            window.heard = 0;
            window.badges = [];
            window.asked = 0;
            window.isSeen = true;
            window.Notification = class {
                static permission = given;
                static async requestPermission() {
                    window.asked++;
                    return Notification.permission = 'granted';
                }
                constructor(title, options) {
                    Object.assign(this, options, { title, isOpen: true });
                    window.shown.push(this);
                }
                close() {
                    this.isOpen = false;
                }
            };
            const begin = AudioScheduledSourceNode.prototype.start;
            AudioScheduledSourceNode.prototype.start = function (...at) {
                window.heard++;
                begin.apply(this, at);
            };
            AudioContext.prototype.resume = async () => {}; // what a click in the page allows
            navigator.setAppBadge = async (count) => window.badges.push(count);
            navigator.clearAppBadge = async () => window.badges.push(0);
            Object.defineProperty(document, 'visibilityState', { get: () => (window.isSeen ? 'visible' : 'hidden') });
            document.hasFocus = () => window.isSeen;
            """;

    private static final String SEE = """
            window.isSeen = arguments[0];
            document.dispatchEvent(new Event('visibilitychange'));
            if (window.isSeen) dispatchEvent(new Event('focus'));
            """;

    /** Gives the page preferences as another tab does that has changed them; it has them when this returns. */
    private static final String PREFER = """
            const name = 'parley.preferences.default.' + JSON.parse(localStorage.getItem('parley.session.default')).user.id;
            return new Promise((done) => {
                new BroadcastChannel(name).onmessage = done; // was made after the page's, so it hears it after the page
                new BroadcastChannel(name).postMessage(arguments[0]);
            }).then(() => true);
            """;

    private static final String OPEN_BODIES =
            "return window.shown.filter((each) => each.isOpen).map((each) => each.body)";

    private static AnnAndBo people;
    private static ChatWindow ann;
    private static ChatWindow bo;
    private static String suffix = "";
    private static String together = "";
    private static int number;

    @BeforeAll
    static void meet() throws IOException {
        people = AnnAndBo.met();
        ann = people.ann();
        bo = people.bo();
        suffix = people.suffix();
        together = people.together().substring(people.together().lastIndexOf('/') + 1);
    }

    /** For the other tests, Bo's page is as it was. */
    @AfterAll
    static void takeAway() {
        if (bo != null) {
            bo.api("DELETE", "/conversations/" + together + "/mute", null);
            bo.reload();
            bo.awaitOnline();
        }
    }

    /** Bo is at another place of a page that nobody looks at. */
    @BeforeEach
    void begin() {
        number++;
        people.goTogether();
        bo.reload();
        bo.awaitOnline();
        bo.api("DELETE", "/conversations/" + together + "/mute", null);
        bo.readAll();
        bo.script("location.hash = ''");
        bo.awaitOne("nothing-open");
        bo.awaitTitle("Parley");
        bo.script(PLAY, "granted");
        bo.script(SEE, false);
    }

    @Test
    void aHiddenPageShowsAndSoundsANewMessageAndAClickOpensIt() {
        ann.write(words("Hello"));

        bo.awaitTrue("window.shown.length === 1 && window.heard > 0");
        assertThat(bo.script("const { title, body, tag, silent } = window.shown[0]; return [title, body, tag, silent]"))
                .isEqualTo(List.of("Ann " + suffix, words("Hello"), together, true));

        bo.script("window.shown[0].onclick()");
        bo.awaitText("conversation-title", "Ann " + suffix);
        bo.awaitShown(words("Hello"));
        assertThat(bo.script(OPEN_BODIES)).isEqualTo(List.of());
    }

    @Test
    void whoLooksAtThePageIsNotToldAndWhoStopsIs() {
        bo.script(SEE, true);
        ann.write(words("Seen"));
        bo.awaitTitle("(1) Parley");
        bo.openConversationTitled("Ann " + suffix);
        bo.awaitShown(words("Seen"));

        bo.script("document.hasFocus = () => false"); // it is on the screen, beside what one works with
        ann.write(words("Beside"));
        bo.awaitShown(words("Beside"));
        bo.script("document.hasFocus = () => window.isSeen");
        bo.script(SEE, false);
        ann.write(words("Away"));

        bo.awaitTrue("window.shown.length > 0");
        assertThat(bo.script(OPEN_BODIES)).isEqualTo(List.of(words("Away")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notificationsEnabled", "quietHours"})
    void whoWantsToHearNothingIsNotTold(String why) {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        Map<String, Object> quiet = Map.of(
                "enabled",
                true,
                "start",
                now.minusHours(1).toString(),
                "end",
                now.plusHours(1).toString(),
                "timezone",
                "UTC");
        bo.script(
                PREFER,
                switch (why) {
                    case "quietHours" -> Map.of("quietHours", quiet);
                    default -> Map.of("notificationsEnabled", false);
                });

        ann.write(words("Not now"));
        bo.awaitTitle("(1) Parley");
        bo.script(PREFER, Map.of());
        ann.write(words("Now"));

        bo.awaitTrue("window.shown.length > 0");
        assertThat(bo.script(OPEN_BODIES)).isEqualTo(List.of(words("Now")));
    }

    @Test
    void aMutedConversationIsSilentButForMentions() {
        bo.api("POST", "/conversations/" + together + "/mute", Map.of());
        bo.awaitTrue("document.querySelector('.conversation-item.muted')");

        ann.write(words("Nothing"));
        bo.awaitText("unread", "1");
        bo.script(PREFER, Map.of("notifyOnMention", false));
        ann.write("@bo-" + suffix + " " + words("you do not want to know"));
        bo.awaitText("unread", "2");
        bo.script(PREFER, Map.of());
        ann.write("@bo-" + suffix + " " + words("look"));

        bo.awaitTrue("window.shown.length > 0");
        assertThat(bo.script(OPEN_BODIES)).isEqualTo(List.of("@bo-" + suffix + " " + words("look")));
        assertThat(bo.script("return document.title")).isEqualTo("Parley");
    }

    @Test
    void withoutSoundAndPreviewANotificationIsSilentAndSaysLittle() {
        bo.script(PREFER, Map.of("soundEnabled", false, "messagePreview", false));

        ann.write(words("Secret"));

        bo.awaitTrue("window.shown.length === 1");
        assertThat(bo.script("const { title, body } = window.shown[0]; return [title, body, window.heard]"))
                .isEqualTo(List.of("Ann " + suffix, "New message", 0L));
    }

    @Test
    void whatIsReadOnAnotherDeviceGoesAndIsCountedNoMore() {
        ann.write(words("Read this"));
        bo.awaitTrue("window.shown.length === 1");
        bo.awaitTitle("(1) Parley");
        bo.awaitTrue("window.badges.at(-1) === 1");

        bo.api("POST", "/conversations/" + together + "/read", Map.of());

        bo.awaitTrue("window.shown.every((each) => !each.isOpen)");
        bo.awaitTitle("Parley");
        bo.awaitTrue("window.badges.at(-1) === 0");
    }

    @Test
    void ofTwoTabsOneTellsAndNoneWhileTheOtherIsSeen() {
        bo.openTab();
        bo.script(PLAY, "granted");
        bo.script(SEE, false);
        ann.write(words("Once"));
        bo.awaitTitle("(1) Parley");
        bo.showTab(0);
        bo.awaitTitle("(1) Parley");
        bo.awaitTrue("window.shown.length === 1");
        assertThat(bo.script("return window.heard > 0")).isEqualTo(true);
        bo.showTab(1);
        assertThat(bo.script("return [window.shown.length, window.heard]")).isEqualTo(List.of(0L, 0L));

        bo.script(SEE, true);
        ann.write(words("Seen there"));
        bo.awaitTitle("(2) Parley");
        bo.showTab(0);
        bo.awaitTitle("(2) Parley");
        bo.showTab(1);
        bo.script(SEE, false);
        bo.closeTab();
        ann.write(words("Once more"));
        bo.awaitTrue("window.shown.length === 2");
        assertThat(bo.script("return window.shown.map((each) => each.body)"))
                .isEqualTo(List.of(words("Once"), words("Once more")));
    }

    /** So no other device is pushed what is seen here, and this page hears of it as before. */
    @Test
    void theServerKnowsWhichConversationIsOnTheScreen() {
        bo.script("""
                window.sent = [];
                const send = WebSocket.prototype.send;
                WebSocket.prototype.send = function (frame) {
                    const [, event] = /^42\\/chat,\\d*(\\[.*)$/.exec(frame) ?? [];
                    const [name, argument] = event ? JSON.parse(event) : [];
                    if (name?.endsWith('_room')) window.sent.push([name, argument.conversationId, !!argument.keepListening]);
                    send.call(this, frame);
                };
                """);
        bo.script("location.hash = '#/c/" + together + "'");
        bo.awaitText("conversation-title", "Ann");
        bo.script(SEE, true);
        bo.awaitTrue("window.sent.length === 1");
        bo.script(SEE, false);
        bo.awaitTrue("window.sent.length === 2");
        bo.script(SEE, true);
        bo.awaitTrue("window.sent.length === 3");
        bo.script("location.hash = ''");
        bo.awaitTrue("window.sent.length === 4");

        assertThat(bo.script("return window.sent"))
                .isEqualTo(List.of(
                        List.of("join_room", together, false),
                        List.of("leave_room", together, true),
                        List.of("join_room", together, false),
                        List.of("leave_room", together, true)));
        bo.script(SEE, false);
        ann.write(words("Still heard"));
        bo.awaitTrue("window.shown.length === 1");
    }

    @Test
    void reactionsToOnesOwnMessagesAreToldByPreference() {
        bo.script("location.hash = '#/c/" + together + "'");
        bo.awaitText("conversation-title", "Ann");
        bo.write(words("Funny"));
        ann.awaitShown(words("Funny"));
        bo.awaitDelivered(words("Funny"));
        ann.clickIn(words("Funny"), "message-react");
        ann.click("emoji");

        bo.awaitTrue("window.shown.length === 1");
        assertThat((String) bo.script("return window.shown[0].body")).contains("Ann " + suffix, "reacted with 👍");
        ann.clickIn(words("Funny"), "reaction");
        ann.awaitTrue("""
                ![...document.querySelectorAll('[data-testid=message]')]
                    .find((each) => each.querySelector('[data-testid=text]').textContent === arguments[0])
                    .querySelector('[data-testid=reaction]')
                """, words("Funny"));
    }

    @Test
    void whoIsAddedToAGroupIsToldByPreference() {
        bo.script(PREFER, Map.of("notifyOnGroupInvite", false));
        ann.createGroup("Unwanted " + words(suffix), "bo-" + suffix);
        bo.awaitTrue("document.body.textContent.includes(arguments[0])", "Unwanted " + words(suffix));
        bo.script(PREFER, Map.of());
        ann.createGroup("Wanted " + words(suffix), "bo-" + suffix);

        bo.awaitTrue("window.shown.length > 0");
        assertThat(bo.script("return window.shown.map((each) => [each.title, each.body])"))
                .isEqualTo(List.of(List.of("Wanted " + words(suffix), "You were added to this group")));
    }

    @Test
    void theBrowserIsAskedByAClickAlone() {
        bo.script("Notification.permission = 'default'");
        ann.write(words("Heard alone"));
        bo.awaitTrue("window.heard > 0");
        bo.awaitTitle("(1) Parley");

        bo.openSettings();
        bo.awaitText("permission", "has not been asked");
        assertThat(bo.script("return [window.asked, window.shown.length]")).isEqualTo(List.of(0L, 0L));
        bo.click("allow-notifications");
        bo.awaitText("permission", "shows notifications while");
        assertThat(bo.script("return window.asked")).isEqualTo(1L);
        bo.click("close-dialog");

        bo.script("Notification.permission = 'denied'");
        bo.openSettings();
        bo.awaitText("permission", "refuses");
        bo.awaitNo("allow-notifications");
        bo.click("close-dialog");
    }

    private static String words(String text) {
        return text + " " + number;
    }
}
