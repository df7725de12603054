package dev.parley.standalone.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.standalone.RunningPlatform;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web client in a real browser, against the whole platform. */
class WebClientTest {

    @TempDir
    Path profiles;

    @Test
    void twoPeopleTalkLiveAndFindTheirWordsAgainAfterAReload() {
        Optional<Browser> browser = Browser.installed();
        assumeTrue(browser.isPresent(), "chromium and chromedriver must both be on the PATH for the browser test");
        URI baseUrl = URI.create(RunningPlatform.baseUrl().toString());
        String suffix = UUID.randomUUID().toString().substring(0, 8);

        try (ChatWindow ann = new ChatWindow(browser.get(), profiles.resolve("ann"), baseUrl);
                ChatWindow bo = new ChatWindow(browser.get(), profiles.resolve("bo"), baseUrl)) {
            ann.register("Ann " + suffix, "ann-" + suffix);
            bo.register("Bo " + suffix, "bo-" + suffix);

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
    }
}
