package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.standalone.RunningPlatform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tabs of a browser whose access token ends, in a real browser against the whole platform. */
class SharedRefreshTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Counts the refreshes of the page from now on, and gives it a sign-in to renew. The first answers are lost after the server has
     * sent them: as many as the argument says.
     */
    private static final String PREPARE = """
            let lost = arguments[0];
            delete navigator.locks; // brings those of the browser back
            window.plainFetch ??= window.fetch;
            window.refreshes = [];
            window.renewed = null;
            window.fetch = async (url, init) => {
              const refresh = String(url).endsWith('/auth/refresh');
              if (refresh) window.refreshes.push(JSON.parse(init.body).refreshToken);
              const answer = await window.plainFetch.call(window, url, init);
              if (refresh && lost-- > 0) throw new TypeError('The answer was lost');
              return answer;
            };
            """;

    /** Lets the access token end for all tabs. */
    private static final String EXPIRE = """
            const saved = JSON.parse(localStorage.getItem('parley.session.default'));
            localStorage.setItem('parley.session.default', JSON.stringify({ ...saved, expiresAt: 0 }));
            """;

    /** Asks for an access token at the given time, as every request does. */
    private static final String RENEW = """
            import('/app/session.js').then(({ Session }) => {
              const session = new Session('default');
              setTimeout(() => session.accessToken().then(
                  (token) => { window.renewed = token; },
                  (failure) => { window.renewed = 'failed: ' + failure; }), arguments[0] - Date.now());
            });
            """;

    private static final String SAVED = "return JSON.parse(localStorage.getItem('parley.session.default'))?.tokens;";

    @TempDir
    static Path profiles;

    private static @Nullable ChatWindow window;

    private String first = "";
    private String second = "";

    @BeforeAll
    static void signIn() {
        Browser browser = Browser.orSkip();
        window = new ChatWindow(browser, profiles.resolve("ann"), URI.create(RunningPlatform.baseUrl()));
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        window.register("Ann " + suffix, "ann-" + suffix);
        window.openTab();
    }

    @AfterAll
    static void close() {
        if (window != null) {
            window.close();
        }
    }

    @BeforeEach
    void twoTabs() {
        List<String> tabs = window.tabs();
        first = tabs.get(0);
        second = tabs.get(1);
    }

    @Test
    void tabsShareOneRefresh() {
        prepare(0);

        renewAtOnce();

        assertThat(refreshes()).hasSize(1);
        bothAreSignedIn();
    }

    @Test
    void tabsEndWellWhereTheBrowserHasNoLocks() {
        prepare(0);
        for (String tab : List.of(first, second)) {
            window.run(tab, "Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });");
        }

        renewAtOnce();

        // The lease is not airtight: both may have sent the same token, and got the same successor.
        assertThat(refreshes()).hasSizeBetween(1, 2);
        assertThat(Set.copyOf(refreshes())).hasSize(1);
        bothAreSignedIn();
    }

    @Test
    void aRefreshWhoseAnswerIsLostIsTriedAgain() {
        prepare(1);

        window.run(first, EXPIRE);
        window.run(first, RENEW, System.currentTimeMillis());
        await().atMost(PATIENCE).until(() -> window.run(first, "return window.renewed") != null);

        assertThat(refreshes()).hasSize(2);
        assertThat(Set.copyOf(refreshes())).as("the same token twice").hasSize(1);
        bothAreSignedIn();
    }

    private void prepare(int lostAnswers) {
        for (String tab : List.of(first, second)) {
            window.run(tab, PREPARE, lostAnswers);
        }
    }

    private void renewAtOnce() {
        window.run(first, EXPIRE);
        long soon = System.currentTimeMillis() + 1_000;
        window.run(first, RENEW, soon);
        window.run(second, RENEW, soon);
        for (String tab : List.of(first, second)) {
            await().atMost(PATIENCE).until(() -> window.run(tab, "return window.renewed") != null);
        }
        assertThat(window.run(first, "return window.renewed"))
                .isEqualTo(window.run(second, "return window.renewed"))
                .isEqualTo(tokens().get("accessToken"));
    }

    /** The refresh tokens that both tabs have sent. */
    private List<String> refreshes() {
        List<String> sent = new ArrayList<>();
        for (String tab : List.of(first, second)) {
            ((List<?>) window.run(tab, "return window.refreshes")).forEach(token -> sent.add(String.valueOf(token)));
        }
        return sent;
    }

    /** The session goes on: it can be refreshed once more, and the tabs are where they were. */
    private void bothAreSignedIn() {
        Object before = tokens().get("refreshToken");
        window.run(second, "window.renewed = null;");
        window.run(second, EXPIRE);
        window.run(second, RENEW, System.currentTimeMillis());
        await().atMost(PATIENCE).until(() -> window.run(second, "return window.renewed") != null);
        assertThat(tokens().get("refreshToken")).isNotEqualTo(before);
        for (String tab : List.of(first, second)) {
            window.run(tab, "return 0;");
            window.awaitOnline();
        }
    }

    private Map<?, ?> tokens() {
        return (Map<?, ?>) window.run(first, SAVED);
    }
}
