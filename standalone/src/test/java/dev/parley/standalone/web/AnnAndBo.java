package dev.parley.standalone.web;

import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two people who know each other, in a browser each, for all tests of this JVM that leave them signed in to the default tenant.
 *
 * @param suffix the end of their names: {@code Ann <suffix>} is {@code ann-<suffix>}
 * @param together the address of their conversation
 */
record AnnAndBo(ChatWindow ann, ChatWindow bo, String suffix, String together) {

    private static @Nullable AnnAndBo known;

    /** Skips the test where there is no browser. */
    static synchronized AnnAndBo met() throws IOException {
        Browser browser = Browser.orSkip();
        if (known == null) {
            known = meet(browser, URI.create(RunningPlatform.baseUrl()));
        }
        return known;
    }

    /** Two other ones, at a platform. */
    static AnnAndBo meet(Browser browser, URI baseUrl) throws IOException {
        Path profiles = Files.createTempDirectory("parley-browsers");
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        ChatWindow ann = open(browser, profiles.resolve("ann"), baseUrl);
        ChatWindow bo = open(browser, profiles.resolve("bo"), baseUrl);
        ann.register("Ann " + suffix, "ann-" + suffix);
        bo.register("Bo " + suffix, "bo-" + suffix);
        ann.createGroup("Group " + suffix, "bo-" + suffix);
        ann.startChatWith("bo-" + suffix);
        ann.awaitText("conversation-title", "Bo");
        return new AnnAndBo(ann, bo, suffix, ann.address());
    }

    private static ChatWindow open(Browser browser, Path profile, URI baseUrl) {
        ChatWindow window = new ChatWindow(browser, profile, baseUrl);
        Runtime.getRuntime().addShutdownHook(new Thread(window::close));
        return window;
    }

    void goTogether() {
        ann.go(together);
        bo.go(together);
        ann.awaitText("conversation-title", "Bo");
        bo.awaitText("conversation-title", "Ann");
    }
}
