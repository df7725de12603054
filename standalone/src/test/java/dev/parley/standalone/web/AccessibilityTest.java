package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** axe-core looks at every screen, dialog and menu of the web client, in both themes and two sizes; and focus is where one goes on. */
class AccessibilityTest {

    private static final String RUN = """
            return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
                nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)));
            """;

    private static final String FOCUSED = "document.activeElement.dataset.testid === arguments[0]";

    private static String axe = "";

    @TempDir
    static Path folder;

    private static ChatWindow ann;
    private static ChatWindow bo;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> findings = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        try (InputStream script = Objects.requireNonNull(ClassLoader.getSystemResourceAsStream("axe.min.js"))) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";window.axe = axe;";
        }
        ann = AnnAndBo.met().ann();
        bo = AnnAndBo.met().bo();
    }

    /** Each test has a tenant of its own, in which nobody is signed in yet. */
    @BeforeEach
    void begin() {
        for (ChatWindow window : new ChatWindow[] {ann, bo}) {
            window.go(RunningPlatform.baseUrl() + "/?tenant=tenant-" + suffix);
            window.awaitOne("log-in-form");
        }
    }

    @Test
    void noScreenHasAFinding() throws IOException {
        look("log in");
        ann.click("submit");
        ann.awaitOne("error-email");
        look("log in, refused");
        ann.click("go-to-register");
        look("register");
        ann.click("go-to-log-in");
        ann.register("Ann " + suffix, "ann-" + suffix);
        ann.awaitOne("no-conversations");
        look("no conversation yet");
        bo.register("Bo " + suffix, "bo-" + suffix);

        ann.click("new-chat");
        ann.type("search-people", "bo-" + suffix);
        ann.awaitOne("person");
        look("new chat");
        ann.click("person");
        ann.awaitText("conversation-title", "Bo");
        ann.write("Hello https://example.org/ there");
        ann.write("Never mind");
        bo.openConversationTitled("Ann " + suffix);
        bo.write("Hello Ann");
        ann.awaitShown("Hello Ann");
        bo.clickIn("Never mind", "message-react");
        bo.click("emoji");
        ann.awaitOne("reaction");
        ann.choose("Hello Ann", "star");
        ann.choose("Hello Ann", "pin");
        ann.awaitOne("pinned-last");
        look("conversation");
        ann.clickIn("Never mind", "message-menu");
        look("menu of a message");
        ann.click("read-by");
        ann.awaitOne("read-list");
        look("who read it");
        ann.click("close-dialog");
        ann.choose("Hello Ann", "reply");
        look("reply");
        ann.choose("Never mind", "edit");
        ann.type("composer", "x".repeat(3));
        look("edit");
        ann.press(Keys.ESCAPE);
        ann.choose("Never mind", "delete");
        look("question");
        ann.click("confirm");
        ann.awaitShown("Message deleted");
        look("deleted message");
        sendFiles();
        ann.click("info");
        look("details of a chat");
        ann.click("mute");
        look("menu in the details");
        ann.click("mute-8");
        ann.awaitOne("unmute");
        ann.click("close-dialog");

        ann.click("new-group");
        ann.type("name", "Group " + suffix);
        ann.pick("bo-" + suffix);
        look("new group");
        ann.click("create-group");
        ann.awaitText("conversation-title", "Group");
        ann.write("In the group");
        look("group");
        ann.click("info");
        ann.awaitMember("bo-" + suffix);
        look("details of a group");
        ann.click("edit-group");
        look("name of a group");
        ann.click("cancel-edit-group");
        ann.clickInMember("bo-" + suffix, "member-menu");
        look("menu of a member");
        ann.press(Keys.ESCAPE);
        ann.click("add-members");
        ann.awaitOne("add-members-dialog");
        look("add a member");
        ann.press(Keys.ESCAPE);
        ann.awaitNo("add-members-dialog");
        ann.click("close-dialog");

        ann.click("more");
        look("menu of the page");
        ann.click("profile");
        look("profile");
        ann.click("log-out-everywhere");
        look("log out everywhere");
        ann.click("cancel");
        ann.click("close-dialog");
        ann.click("more");
        ann.click("settings");
        ann.click("quietHours");
        ann.awaitText("settings-status", "Saved");
        look("settings");
        ann.click("close-dialog");
        ann.click("more");
        ann.click("starred");
        ann.awaitOne("hits");
        ann.awaitOne("hit");
        look("starred messages");
        ann.click("close-dialog");
        ann.go(RunningPlatform.baseUrl() + "/?tenant=tenant-" + suffix + "#");
        ann.type("filter", "Hello");
        ann.awaitOne("hit");
        look("search results");
        ann.script("document.querySelector('[data-testid=filter]').value = ''");
        ann.script("document.querySelector('[data-testid=filter]').dispatchEvent(new Event('input'))");
        ann.go(RunningPlatform.baseUrl() + "/?tenant=tenant-" + suffix + "#/c/no-such-conversation");
        ann.awaitText("lost", "No such conversation");
        look("unknown conversation");
        ann.openConversationTitled("Bo " + suffix);
        ann.network(false);
        ann.awaitText("connection-text", "offline");
        ann.write("Later");
        ann.awaitShown("Later");
        look("offline");
        ann.network(true);
        ann.awaitOnline();
        ann.go(RunningPlatform.baseUrl() + "/nothing/here");
        ann.awaitOne("not-found");
        look("unknown page");

        assertThat(findings).isEmpty();
    }

    @Test
    void focusStaysWhereOneGoesOn() {
        ann.register("Ann " + suffix, "ann-" + suffix);
        ann.startChatWith("ann-" + suffix);
        ann.write("One");
        ann.write("Two");
        ann.write("Three");
        ann.awaitHistory("One", "Two", "Three");

        ann.click("info");
        ann.awaitOne("info-dialog");
        ann.press(Keys.ESCAPE);
        ann.awaitTrue(FOCUSED, "info");
        ann.click("info");
        ann.click("mute");
        ann.press(Keys.ESCAPE);
        ann.awaitTrue(FOCUSED, "mute");
        ann.click("mute");
        ann.click("mute-8");
        ann.awaitTrue(FOCUSED, "unmute");
        ann.click("close-dialog");

        ann.choose("Two", "delete-for-me");
        ann.click("confirm");
        ann.awaitHistory("One", "Three");
        ann.awaitTrue("document.activeElement.closest('[data-testid=message]')?.textContent.includes('Three')");
        ann.choose("Three", "delete-for-me");
        ann.click("confirm");
        ann.awaitHistory("One");
        ann.awaitTrue("document.activeElement.closest('[data-testid=message]')?.textContent.includes('One')");

        ann.click("more");
        ann.click("starred");
        ann.click("close-dialog");
        ann.awaitTrue(FOCUSED, "more");
        ann.click("info");
        ann.click("delete-conversation");
        ann.click("confirm");
        ann.awaitOne("no-conversations");
        ann.awaitTrue(FOCUSED, "new-chat");
    }

    @Test
    void allTextGrowsWithTheBrowsersOwnSize() {
        ann.register("Ann " + suffix, "ann-" + suffix);
        ann.startChatWith("ann-" + suffix);
        ann.write("One");
        ann.awaitHistory("One");
        ann.click("info");

        assertThat((List<?>) ann.script("""
                const texts = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && each.tagName !== 'SCRIPT'
                    && [...each.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()));
                const sizes = () => texts.map((each) => parseFloat(getComputedStyle(each).fontSize));
                const before = sizes();
                document.documentElement.style.fontSize = '200%';
                const after = sizes();
                document.documentElement.style.fontSize = '';
                return texts.filter((each, index) => after[index] < 1.9 * before[index]).map((each) => each.outerHTML);
                """)).isEmpty();
    }

    private void sendFiles() throws IOException {
        SampleFiles files = new SampleFiles(folder);
        ann.network(false);
        ann.chooseFiles("pick-files", files.photo("photo.png", 800, 600), files.text("notes.txt", "Words"));
        ann.awaitOne("tray-file");
        look("files of a draft, under way");
        ann.click("send");
        ann.awaitOne("cancel-sending");
        look("files of a message, under way");
        ann.network(true);
        ann.awaitOnline();
        ann.awaitTrue("document.querySelector('[data-state=sent] .picture img')?.naturalWidth > 0");
        ann.click("picture");
        ann.awaitTrue("document.querySelector('[data-testid=viewer-picture]')?.naturalWidth > 0");
        look("a picture over the page");
        ann.press(Keys.ESCAPE);
        ann.awaitNo("viewer");
        ann.devTools("Browser.grantPermissions", Map.of("permissions", List.of("audioCapture")));
        ann.click("record");
        ann.awaitText("voice-time", "0:0");
        look("recording");
        ann.click("send-voice");
        ann.awaitTrue("document.querySelector('[data-state=sent] [data-testid=audio-play]')");
        look("files of messages");
        ann.click("info");
        ann.click("show-files");
        ann.awaitOne("file-hit");
        look("files of a conversation");
        ann.script("document.querySelectorAll('dialog').forEach((each) => each.close())");
    }

    private void look(String screen) {
        ann.script("if (!window.axe) { " + axe + " }");
        for (int[] size : new int[][] {{1280, 800}, {390, 844}}) {
            ann.devTools(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", size[0], "height", size[1], "deviceScaleFactor", 1, "mobile", false));
            for (String theme : List.of("light", "dark")) {
                ann.devTools(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(
                                        Map.of("name", "prefers-color-scheme", "value", theme),
                                        // Else a colour may be looked at on its way to the other theme's.
                                        Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
                List<?> found = (List<?>) ann.script(RUN);
                found.forEach(each -> findings.add(screen + ", " + size[0] + " wide, " + theme + ": " + each));
            }
        }
        ann.devTools("Emulation.clearDeviceMetricsOverride", Map.of());
        ann.devTools("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }
}
