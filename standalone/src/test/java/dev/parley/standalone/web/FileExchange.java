package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.Keys;

/** Files that go from one browser to another, where both show the conversation of Ann and Bo. */
public record FileExchange(ChatWindow ann, ChatWindow bo, SampleFiles files) implements AutoCloseable {

    /** The last message of the history. */
    static final String LAST = "[...document.querySelectorAll('[data-testid=message]')].at(-1)";

    static final String ALL_READY = """
            document.querySelectorAll('[data-testid=tray-file]').length === arguments[0]
                && !document.querySelector('[data-testid=tray-file]:not([data-state=ready])')""";

    /** What the first link to a file in the last message leads to, as text. */
    static final String CONTENT = "const link = " + LAST + """
            .querySelector('[data-testid=file]');
            return fetch(link.href).then((answer) => answer.text());
            """;

    /**
     * Two people register at a platform and meet. Skips the test where there is no browser.
     *
     * @param folder for what they send
     */
    public static FileExchange at(String baseUrl, Path folder) throws IOException {
        AnnAndBo people = AnnAndBo.meet(Browser.orSkip(), URI.create(baseUrl));
        people.goTogether();
        return new FileExchange(people.ann(), people.bo(), new SampleFiles(folder));
    }

    /** Ann sends both in one message. Bo sees the photo, looks at it closely, and loads the document. */
    public void aPhotoAndADocument() throws IOException {
        Path photo = files.photo("photo.png", 900, 600);
        Path document = files.text("Budget & plans.pdf", SampleFiles.PDF);
        ann.chooseFiles("pick-files", photo, document);
        ann.awaitTrue(ALL_READY, 2);
        ann.write("Both of them");

        bo.awaitTrue(LAST + "?.querySelector('.picture img')?.naturalWidth > 0");
        bo.awaitText("preview", "Both of them");
        bo.awaitTrue(LAST + ".querySelector('[data-testid=file-name]').textContent === 'Budget & plans.pdf'");
        assertThat(bo.script(CONTENT)).isEqualTo(SampleFiles.PDF);
        bo.awaitTrue("document.querySelector('[data-testid=tray]').hidden");

        bo.script(LAST + ".querySelector('[data-testid=picture]').focus()");
        bo.press(Keys.ENTER);
        bo.awaitTrue("document.querySelector('[data-testid=viewer-picture]')?.naturalWidth === 900");
        bo.press(Keys.ESCAPE);
        bo.awaitNo("viewer");
        bo.awaitTrue("document.activeElement.dataset.testid === 'picture'");
    }

    /** Ann records and sends it, Bo plays it. */
    public void aVoiceNote() {
        ann.devTools("Browser.grantPermissions", Map.of("permissions", List.of("audioCapture")));
        ann.click("record");
        ann.awaitOne("voice");
        ann.awaitText("voice-time", "0:01");
        ann.click("send-voice");

        bo.awaitTrue(LAST + "?.querySelector('[data-testid=audio-play]')");
        bo.awaitText("preview", "Voice message");
        bo.script("const time = " + LAST + """
                .querySelector('[data-testid=audio-time]');
                window.times = [];
                new MutationObserver(() => times.push(time.textContent)).observe(time, { childList: true, characterData: true });
                """);
        bo.script(LAST + ".querySelector('[data-testid=audio-play]').focus()");
        bo.press(Keys.ENTER);
        bo.awaitTrue("times.some((each) => each.startsWith('0:01 / '))");
        ann.awaitTrue("document.querySelector('[data-testid=voice]').hidden");
    }

    @Override
    public void close() {
        ann.close();
        bo.close();
    }
}
