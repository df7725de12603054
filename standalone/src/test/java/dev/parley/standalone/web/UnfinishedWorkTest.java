package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What a person is about to do at the web client lasts, whatever happens meanwhile. */
class UnfinishedWorkTest {

    private static final String DRAFT = "document.querySelector('[data-testid=composer]').value === arguments[0]";

    private static final String FILL = """
            const field = document.querySelector('[data-testid=composer]');
            field.focus();
            field.value = arguments[0];
            field.dispatchEvent(new Event('input'));
            """;

    /** Closes all that an earlier test has left open. */
    private static final String CLEAR = """
            document.dispatchEvent(new PointerEvent('pointerdown'));
            document.querySelectorAll('dialog').forEach((each) => each.close());
            const filter = document.querySelector('[data-testid=filter]');
            filter.value = '';
            filter.dispatchEvent(new Event('input'));
            document.querySelector('[data-testid=cancel-about]')?.click();
            """;

    private static final String LAST_IN_HISTORY =
            "[...document.querySelectorAll('[data-testid=text]')].at(-1)?.textContent === arguments[0]";

    /** How many files of a tenant's user this browser keeps. */
    private static final String KEPT_FILES = """
            return indexedDB.databases().then((all) => new Promise((done) => {
                const { name } = all.find((each) => each.name.startsWith('parley.files.' + arguments[0]));
                indexedDB.open(name).onsuccess = ({ target }) => {
                    target.result.transaction('files').objectStore('files').count().onsuccess = (count) => done(count.target.result);
                };
            }));
            """;

    @TempDir
    static Path folder;

    private static AnnAndBo people;
    private static ChatWindow ann;
    private static ChatWindow bo;
    private static String suffix = "";
    private static int number;

    @BeforeAll
    static void meet() throws IOException {
        people = AnnAndBo.met();
        ann = people.ann();
        bo = people.bo();
        suffix = people.suffix();
    }

    /** Each test has a message of its own to begin with. */
    @BeforeEach
    void beginTogether() {
        number++;
        people.goTogether();
        ann.script(CLEAR);
        ann.script(FILL, "");
        ann.write(hello());
        ann.awaitDelivered(hello());
        bo.awaitTrue(LAST_IN_HISTORY, hello());
    }

    static Stream<Named<Consumer<ChatWindow>>> openThings() {
        return Stream.of(
                Named.of("the details", window -> {
                    window.click("info");
                    window.script("document.querySelector('[data-testid=pin-conversation]').focus()");
                }),
                Named.of("a menu in the details", window -> {
                    window.click("info");
                    window.click("mute");
                    window.press(Keys.ARROW_DOWN);
                }),
                Named.of(
                        "the button of the details",
                        window -> window.script("document.querySelector('[data-testid=members]').focus()")),
                Named.of("the menu of a message", window -> {
                    window.clickIn(hello(), "message-menu");
                    window.press(Keys.ARROW_DOWN);
                }),
                Named.of("the page's menu", window -> {
                    window.click("more");
                    window.press(Keys.ARROW_DOWN);
                }),
                Named.of("a new chat", window -> {
                    window.click("new-chat");
                    window.type("search-people", "bo-" + suffix);
                    window.awaitOne("person");
                }),
                Named.of("a new group", window -> {
                    window.click("new-group");
                    window.type("name", "Unfinished");
                }),
                Named.of("a question", window -> {
                    window.choose(hello(), "delete-for-me");
                    window.awaitOne("confirm-dialog");
                }),
                Named.of("who read it", window -> {
                    window.choose(hello(), "read-by");
                    window.awaitOne("receipts-dialog");
                }),
                Named.of("a search", window -> {
                    window.type("filter", "Hello");
                    window.awaitOne("hit");
                    window.script("document.querySelector('[data-testid=hit]').focus()");
                }),
                Named.of(
                        "a conversation in the list",
                        window -> window.script(
                                "[...document.querySelectorAll('[data-testid=conversation]')].at(-1).focus()")));
    }

    @ParameterizedTest
    @MethodSource("openThings")
    void whatHasTheFocusKeepsItWhenAMessageComes(Consumer<ChatWindow> open) {
        open.accept(ann);
        ann.script("window.kept = document.activeElement; window.written = kept.value");

        answerFromBo();

        assertThat(ann.script("return kept !== document.body && kept.isConnected && document.activeElement === kept"
                        + " && kept.value === written"))
                .isEqualTo(true);
    }

    @Test
    void aPressedButtonIsClickedThoughAMessageComesBeforeItsRelease() {
        ann.click("info");
        ann.script("window.pressed = document.querySelector('[data-testid=pin-conversation]')");
        answerFromBo();

        ann.script("pressed.click()");

        ann.awaitText("pin-conversation", "Unpin");
        assertThat(ann.script("return document.querySelector('[data-testid=pin-conversation]') === pressed"))
                .isEqualTo(true);
        ann.click("pin-conversation");
        ann.awaitText("pin-conversation", "Pin to the top");
    }

    @Test
    void aPressedConversationIsOpenedThoughAMessageMovesIt() {
        ann.awaitTrue("document.querySelector('[data-testid=title]').textContent.startsWith('Bo')");
        ann.pressOnConversationTitled("Group " + suffix);
        bo.openConversationTitled("Group " + suffix);
        bo.write("Move up " + number);
        ann.awaitTrue("document.getElementById('announcer').textContent.includes('Group')");

        ann.releasePointer();

        ann.awaitText("conversation-title", "Group");
        ann.awaitTrue("document.querySelector('[data-testid=title]').textContent.startsWith('Group')");
    }

    @Test
    void selectedTextStaysSelectedWhenItsMessageChangesAndOthersCome() {
        ann.script("""
                const text = [...document.querySelectorAll('[data-testid=text]')].find((each) => each.textContent === arguments[0]);
                getSelection().selectAllChildren(text);
                """, hello());
        bo.clickIn(hello(), "message-react");
        bo.click("emoji");
        ann.awaitOne("reaction");
        answerFromBo();

        assertThat(ann.script("return String(getSelection())")).isEqualTo(hello());
        bo.clickIn(hello(), "reaction");
        ann.awaitNo("reaction");
    }

    @Test
    void aDraftLastsOverSwitchingAndReloadingUntilItIsSent() {
        ann.type("composer", "Half a sen");
        ann.openConversationTitled("Group " + suffix);
        ann.awaitTrue(DRAFT, "");
        ann.reload();
        ann.awaitOnline();
        ann.go(people.together());
        ann.awaitTrue(DRAFT, "Half a sen");
        ann.reload();
        ann.awaitTrue(DRAFT, "Half a sen");

        ann.type("composer", Keys.chord(Keys.CONTROL, Keys.END) + "tence" + Keys.ENTER);
        bo.awaitTrue(LAST_IN_HISTORY, "Half a sentence");
        ann.reload();
        ann.awaitText("conversation-title", "Bo");
        ann.awaitTrue(DRAFT, "");
    }

    @Test
    void aReplyAndItsTargetLastOverAReload() {
        ann.choose(hello(), "reply");
        ann.type("composer", "Hello to ");
        ann.reload();
        ann.awaitText("about", hello());
        ann.awaitTrue(DRAFT, "Hello to ");

        ann.type("composer", Keys.chord(Keys.CONTROL, Keys.END) + "me" + Keys.ENTER);
        bo.awaitTrue(LAST_IN_HISTORY, "Hello to me");
        bo.awaitText("quote", hello());
        ann.awaitTrue("document.querySelector('[data-testid=about]').hidden");
    }

    @Test
    void anEditAndTheDraftUnderItLastOverMessagesThatComeSwitchingAndReloading() {
        ann.type("composer", "And now");
        ann.choose(hello(), "edit");
        ann.awaitTrue(DRAFT, hello());
        ann.script(FILL, "Hal");
        answerFromBo();
        ann.awaitTrue(DRAFT, "Hal");
        ann.openConversationTitled("Group " + suffix);
        ann.reload();
        ann.awaitOnline();
        ann.go(people.together());
        ann.awaitText("about", "Edit message");
        ann.awaitTrue(DRAFT, "Hal");

        ann.script(FILL, "Hallo " + number);
        ann.press(Keys.ENTER);
        bo.awaitShown("Hallo " + number);
        ann.awaitTrue(DRAFT, "And now");
        ann.script(FILL, "");
    }

    @Test
    void twoTabsShareADraftAndSendItOnce() {
        String once = "Once " + number;
        ann.openTab();
        ann.awaitText("conversation-title", "Bo");
        ann.type("composer", once);
        ann.showTab(0);
        ann.awaitTrue(DRAFT, once);
        ann.type("composer", Keys.ENTER.toString());
        ann.awaitTrue(LAST_IN_HISTORY, once);
        ann.showTab(1);
        ann.awaitTrue(DRAFT, "");
        ann.awaitTrue(LAST_IN_HISTORY, once);
        ann.closeTab();
        answerFromBo();
        assertThat(bo.script(
                        "return [...document.querySelectorAll('[data-testid=text]')]"
                                + ".filter((each) => each.textContent === arguments[0]).length",
                        once))
                .isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})",
                "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true})",
                // Safari ends the composition before it tells of the key.
                "(field.dispatchEvent(new CompositionEvent('compositionend', {data: 'に', bubbles: true})),"
                        + " new KeyboardEvent('keydown', {key: 'Enter', keyCode: 13, bubbles: true, cancelable: true}))"
            })
    void theEnterOfAnInputMethodSendsNothingAndPicksNobody(String key) {
        String press = "const field = document.activeElement; field.dispatchEvent(" + key + ");";
        ann.script(FILL, "にほん " + number);
        ann.script(press);
        ann.awaitTrue(DRAFT, "にほん " + number);

        ann.press(Keys.ENTER);
        bo.awaitTrue(LAST_IN_HISTORY, "にほん " + number);
        ann.click("new-chat");
        ann.type("search-people", "bo-" + suffix);
        ann.awaitOne("person");
        ann.script(press);
        ann.awaitOne("new-chat-dialog");
    }

    @Test
    void tooLongAMessageSaysSoBeforeItIsSentAndCountsCharacters() {
        ann.script(FILL, "😀".repeat(9_990));
        ann.awaitText("characters-left", "10 left");
        ann.script(FILL, "a".repeat(10_001));
        ann.awaitText("too-long", "10000 characters");
        ann.awaitText("characters-left", "1 too many");
        ann.press(Keys.ENTER);
        ann.awaitTrue("document.querySelector('[data-testid=send]').disabled");
        ann.awaitTrue(DRAFT, "a".repeat(10_001));

        ann.script(FILL, "a".repeat(100));
        ann.awaitTrue("document.querySelector('[data-testid=too-long]').hidden");
        ann.awaitTrue("document.querySelector('[data-testid=characters-left]').hidden");
        ann.script(FILL, "");
    }

    @Test
    void whatTheServerRefusesIsGivenBack() {
        String refused = "Not\u0000taken " + number;
        ann.script(FILL, refused);
        ann.press(Keys.ENTER);

        ann.awaitText("problem", "Not sent");
        ann.awaitTrue(DRAFT, refused);
        assertThat(ann.script("return document.querySelectorAll('[data-state=failed], [data-state=pending]').length"))
                .isEqualTo(0L);
        ann.script(FILL, "");
    }

    @Test
    void nothingThatWasBegunStaysInTheBrowserAfterALogOut() throws IOException {
        String tenant = "tenant-" + suffix;
        String before = bo.address();
        bo.go(RunningPlatform.baseUrl() + "/?tenant=" + tenant);
        bo.register("Cy " + suffix, "cy-" + suffix);
        bo.startChatWith("cy-" + suffix);
        bo.awaitText("conversation-title", "Notes to yourself");
        bo.write("Buy bread");
        bo.awaitHistory("Buy bread");
        bo.type("composer", "And mi");
        assertThat(drafts(tenant)).hasSize(1);
        bo.chooseFiles("pick-files", new SampleFiles(folder).text("secret.txt", "Words"));
        bo.awaitOne("tray-file");
        assertThat(bo.script(KEPT_FILES, tenant)).isEqualTo(1L);

        bo.click("more");
        bo.click("log-out");
        bo.awaitOne("log-in-form");
        assertThat(drafts(tenant)).isEmpty();
        assertThat(bo.script(KEPT_FILES, tenant)).isEqualTo(0L);
        bo.go(before);
        bo.awaitOnline();
    }

    private static String hello() {
        return "Hello " + number;
    }

    private static void answerFromBo() {
        bo.write("Answer " + number);
        ann.awaitTrue(LAST_IN_HISTORY, "Answer " + number);
    }

    private static List<?> drafts(String tenant) {
        return (List<?>) bo.script(
                "return Object.keys(localStorage).filter((key) => key.startsWith('parley.draft.' + arguments[0]))",
                tenant);
    }
}
