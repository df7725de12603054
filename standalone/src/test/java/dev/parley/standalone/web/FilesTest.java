package dev.parley.standalone.web;

import static dev.parley.standalone.web.FileExchange.ALL_READY;
import static dev.parley.standalone.web.FileExchange.CONTENT;
import static dev.parley.standalone.web.FileExchange.LAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files at the web client: sent from one browser, and seen, heard and fetched in another. */
class FilesTest {

    /** What a browser's debugging protocol calls a line so slow that a reload comes in the middle. */
    private static final int BYTES_PER_SECOND = 400_000;

    @TempDir
    static Path folder;

    private static AnnAndBo people;
    private static ChatWindow ann;
    private static ChatWindow bo;
    private static SampleFiles files;
    private static FileExchange exchange;

    @BeforeAll
    static void meet() throws IOException {
        people = AnnAndBo.met();
        ann = people.ann();
        bo = people.bo();
        files = new SampleFiles(folder);
        exchange = new FileExchange(ann, bo, files);
    }

    @BeforeEach
    void beginTogether() {
        people.goTogether();
        ann.reload();
        ann.awaitOnline();
        bo.awaitOnline();
        ann.script("document.querySelectorAll('[data-testid=remove-file]').forEach((each) => each.click())");
        ann.awaitNo("tray-file");
    }

    @Test
    void aPhotoAndADocumentGoFromOneBrowserToTheOther() throws IOException {
        exchange.aPhotoAndADocument();

        ann.chooseFiles("pick-files", files.photo("photo.png", 900, 600));
        ann.awaitTrue(ALL_READY, 1);
        ann.click("send");
        bo.awaitText("preview", "Photo");
        ann.reload();
        ann.awaitTrue(LAST + "?.querySelector('.picture img')?.naturalWidth > 0");
    }

    @Test
    void aVoiceNoteIsRecordedSentAndPlayed() {
        exchange.aVoiceNote();
    }

    @Test
    void aMicrophoneThatIsRefusedIsSaidAndNothingIsSent() {
        ann.devTools("Browser.setPermission", Map.of("permission", Map.of("name", "microphone"), "setting", "denied"));
        ann.click("record");

        ann.awaitText("problem", "microphone may not be used");
        ann.awaitTrue("document.querySelector('[data-testid=voice]').hidden");
    }

    @Test
    void anUploadGoesOnAfterAReload() throws IOException {
        Random random = new Random(5);
        String text = random.ints(3_000_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Path large = files.text("large.txt", text);
        ann.devTools("Network.enable", Map.of());
        ann.devTools(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", BYTES_PER_SECOND));
        ann.chooseFiles("pick-files", large);
        ann.type("composer", "It is large");
        // One piece is with the server, the next one under way.
        ann.awaitTrue("document.querySelector('[data-testid=tray-file] progress')?.value > 0.5");

        ann.network(true);
        ann.reload();
        ann.awaitTrue(ALL_READY, 1);
        ann.awaitField("composer", "It is large");
        ann.click("send");

        bo.awaitTrue(LAST + "?.querySelector('[data-testid=file-name]')?.textContent === 'large.txt'");
        assertThat(bo.script(CONTENT)).isEqualTo(text);
        ann.reload();
        ann.awaitOnline();
        ann.awaitTrue("document.querySelector('[data-testid=tray]').hidden");
    }

    @Test
    void whatMayNotBeSentIsSaidBeforeItIsUploaded() throws IOException {
        ann.chooseFiles("pick-files", files.text("page.html", "<p>Hello</p>"), files.text("nothing.txt", ""));

        ann.awaitText("problem", "page.html");
        ann.awaitText("problem", "nothing.txt");
        ann.awaitTrue("document.querySelector('[data-testid=tray]').hidden");
    }

    @Test
    void aMessageThatIsCancelledWhileItsFilesAreUnderWayNeverComes() throws IOException {
        ann.network(false);
        ann.chooseFiles("pick-files", files.photo("unwanted.png", 300, 300));
        ann.awaitOne("tray-file");
        ann.click("send");
        ann.click("cancel-sending");
        ann.network(true);
        ann.awaitOnline();
        ann.write("Never mind");
        bo.awaitTrue(LAST + "?.querySelector('[data-testid=text]').textContent === 'Never mind'");
        ann.awaitTrue("!document.querySelector('[data-state=pending], [data-state=failed]')");
        assertThat(
                        bo.script(
                                "return [...document.querySelectorAll('[data-testid=picture]')].filter((each) => each.ariaLabel.includes('unwanted')).length"))
                .isEqualTo(0L);
    }

    @Test
    void aPictureIsPastedAndDroppedLikeAPickedOne() {
        String files = """
                const transfer = new DataTransfer();
                transfer.items.add(new File(['Words'], arguments[0], { type: 'text/plain' }));
                """;
        ann.script(files + """
                document.querySelector('[data-testid=composer]').dispatchEvent(
                    new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
                """, "pasted.txt");
        ann.script(files + """
                document.querySelector('[data-testid=messages]').dispatchEvent(
                    new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
                """, "dropped.txt");
        ann.awaitTrue(ALL_READY, 2);
        ann.click("send");

        bo.awaitTrue(LAST + "?.querySelectorAll('[data-testid=file]').length === 2");
        bo.awaitText("preview", "2 files");
    }

    @Test
    void aPersonAndAGroupHavePicturesThatOthersSeeAtOnce() throws IOException {
        Path face = files.photo("face.png", 200, 200);
        ann.click("more");
        ann.click("profile");
        ann.chooseFiles("pick-picture", face);
        ann.awaitText("picture-status", "Saved");
        ann.click("close-dialog");
        bo.awaitTrue("document.querySelector('.opened .pane-header .avatar img')?.naturalWidth > 0");

        ann.openConversationTitled("Group " + people.suffix());
        bo.openConversationTitled("Group " + people.suffix());
        ann.click("info");
        ann.chooseFiles("pick-picture", face);
        ann.awaitText("picture-status", "Saved");
        bo.awaitTrue("document.querySelector('.opened .pane-header .avatar img')?.naturalWidth > 0");
        ann.click("remove-picture");
        ann.awaitText("picture-status", "Removed");
        bo.awaitTrue("!document.querySelector('.opened .pane-header .avatar img')");
        ann.click("close-dialog");
    }
}
