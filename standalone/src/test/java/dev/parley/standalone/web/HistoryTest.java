package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.test.ApiClient;
import dev.parley.standalone.ChatUser;
import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web client's history in a real browser. Most tests run a check of the same name, written in the client's own language, in a
 * page of the client: {@code web/history-checks.js} has what is loaded and in which order, {@code web/list-checks.js} what is drawn.
 */
class HistoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int UNREAD = 130;

    private static final String SHOWN = """
            return [...document.querySelectorAll('[data-testid=message] [data-testid=text]')].map(each => each.textContent);
            """;

    @TempDir
    static Path profiles;

    private static @Nullable ChatWindow window;
    private static String username = "";

    @BeforeAll
    static void signIn() {
        Browser browser = Browser.orSkip();
        window = new ChatWindow(browser, profiles.resolve("bo"), URI.create(RunningPlatform.baseUrl()));
        username = "bo-" + UUID.randomUUID().toString().substring(0, 8);
        window.register("Bo", username);
    }

    @AfterAll
    static void close() {
        if (window != null) {
            window.close();
        }
    }

    @Test
    void opensAtTheFirstOfManyUnreadAndReadsWhatIsOnTheScreen() {
        ChatUser ann = ChatUser.register(RunningPlatform.baseUrl(), "ann");
        String conversation = ann.directWith(bo());
        send(ann, conversation, "Old", 30);
        bo().call("POST", "/api/v1/conversations/" + conversation + "/read", Map.of());
        send(ann, conversation, "Message", UNREAD);
        await().atMost(PATIENCE).until(() -> unread(conversation) == UNREAD);

        open(conversation);

        window.awaitText("new-messages", UNREAD + " unread");
        window.awaitShown("Message 0");
        await().atMost(PATIENCE).until(() -> unread(conversation) < UNREAD);
        assertThat(unread(conversation))
                .as("what is not on the screen is unread")
                .isGreaterThan(UNREAD - 60);
        window.awaitText("below", String.valueOf(unread(conversation)));
        window.click("jump");
        window.awaitShown("Message " + (UNREAD - 1));
        await().atMost(PATIENCE).until(() -> unread(conversation) == 0);
    }

    @Test
    void whatIsSentAfterAJumpStandsInTheOrderOfSending() {
        ChatUser ann = ChatUser.register(RunningPlatform.baseUrl(), "ann");
        String conversation = ann.directWith(bo());
        send(ann, conversation, "Message", 60);
        String early = ann.get("/api/v1/conversations/" + conversation + "/messages?direction=after&afterSeq=0&limit=3")
                .path("data")
                .path(0)
                .path("id")
                .asString();
        open(conversation + "/m/" + early);
        window.awaitTarget("Message 2");

        List<String> sent =
                IntStream.range(0, 5).mapToObj(number -> "Sent " + number).toList();
        sent.forEach(window::write);

        window.awaitShown("Sent 4");
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<?> shown = (List<?>) run(SHOWN);
            assertThat(shown.subList(Math.max(0, shown.size() - 6), shown.size()).stream()
                            .map(String::valueOf))
                    .startsWith("Message 59")
                    .endsWith(sent.toArray(String[]::new));
        });
    }

    @Test
    void theLastOfSeveralJumpsWins(TestInfo test) {
        check("history", test);
    }

    @Test
    void aJumpWinsOverAPageThatIsUnderWay(TestInfo test) {
        check("history", test);
    }

    @Test
    void bothEdgesLoadAtOnceAndEachOnce(TestInfo test) {
        check("history", test);
    }

    @Test
    void aJumpThatFailsLeavesWhatWasThere(TestInfo test) {
        check("history", test);
    }

    @Test
    void whatIsSentWhileThePastIsShownStaysInOrder(TestInfo test) {
        check("history", test);
    }

    @Test
    void everyOrderOfEventsAndAnswersEndsWithWhatTheServerHas(TestInfo test) {
        check("history", test);
    }

    @Test
    void anEditIsKeptInEveryOrder(TestInfo test) {
        check("history", test);
    }

    @Test
    void aConversationOpensWhereWhatIsUnreadBegins(TestInfo test) {
        check("history", test);
    }

    @Test
    void whoMissedMuchGoesOnWhereTheyWere(TestInfo test) {
        check("history", test);
    }

    @Test
    void addressesBecomeLinksAsTheyAreMeant(TestInfo test) {
        check("history", test);
    }

    @Test
    void anyTextIsReadInOneGo(TestInfo test) {
        check("history", test);
    }

    @Test
    void anUploadGoesOnFromWhatTheServerHasWheneverItIsCut(TestInfo test) {
        check("history", test);
    }

    @Test
    void anUploadThatTheServerForgotBeginsAnew(TestInfo test) {
        check("history", test);
    }

    @Test
    void anUploadGivesUpWhereNoConnectionComes(TestInfo test) {
        check("history", test);
    }

    @Test
    void filesAreCheckedByWhatTheServerToldOfItsLimits(TestInfo test) {
        check("history", test);
    }

    @Test
    void thumbnailsAreTakenInPlaceAndBringNothingBack(TestInfo test) {
        check("history", test);
    }

    @Test
    void timesStayInTheirBubblesAtEveryWidth(TestInfo test) {
        check("list", test);
    }

    @Test
    void nothingHiddenMakesThePageScroll(TestInfo test) {
        check("list", test);
    }

    @Test
    void aLongHistoryIsDrawnOnlyWhereItChanges(TestInfo test) {
        check("list", test);
    }

    @Test
    void whatIsReadStaysInPlaceWhenOlderMessagesCome(TestInfo test) {
        check("list", test);
    }

    @Test
    void whatIsUnreadIsReadAsItComesOnTheScreen(TestInfo test) {
        check("list", test);
    }

    @Test
    void aJumpPastWhatIsUnreadReadsNothing(TestInfo test) {
        check("list", test);
    }

    @Test
    void whatComesWhileNobodyLooksIsNotScrolledPast(TestInfo test) {
        check("list", test);
    }

    @Test
    void whatComesAtOnceIsNotScrolledPast(TestInfo test) {
        check("list", test);
    }

    @Test
    void whoHasReadToTheEndFollowsWhatComes(TestInfo test) {
        check("list", test);
    }

    @Test
    void nothingMovesUnderAPressedPointer(TestInfo test) {
        check("list", test);
    }

    @Test
    void theHistoryIsOneTabStop(TestInfo test) {
        check("list", test);
    }

    @Test
    void theFocusStaysWhateverIsDrawn(TestInfo test) {
        check("list", test);
    }

    @Test
    void namesAndTextsKeepTheirDirectionToThemselves(TestInfo test) {
        check("list", test);
    }

    @Test
    void aPictureHasItsPlaceBeforeItIsThere(TestInfo test) {
        check("list", test);
    }

    @Test
    void aPictureOfUnknownSizeKeepsThePlaceThatItWasGiven(TestInfo test) {
        check("list", test);
    }

    @Test
    void anOwnFileIsAskedOfThisPagesOriginWhateverHostIsNamed(TestInfo test) {
        check("list", test);
    }

    @Test
    void whatIsKeptElsewhereIsALinkAndNeverLoaded(TestInfo test) {
        check("list", test);
    }

    @Test
    void aMessageWithFilesSaysInOneLineWhatTheyAre(TestInfo test) {
        check("list", test);
    }

    @Test
    void daysAreThoseOfTheServerWhateverTheClockSays(TestInfo test) {
        check("list", test);
    }

    /** Runs the check that has the name of the test; what it throws fails the test. */
    private static void check(String file, TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        run("return (async () => {" + resource("/web/" + file + "-checks.js") + "\nreturn checks." + name + "(); })()");
    }

    private static Object run(String script) {
        return window.run(window.tabs().get(0), script);
    }

    private static void open(String place) {
        run("location.hash = '#/c/" + place + "'");
    }

    private static void send(ChatUser sender, String conversation, String text, int count) {
        ApiClient api = new ApiClient(sender.baseUrl(), sender.accessToken());
        String path = "/api/v1/conversations/" + conversation + "/messages";
        for (int number = 0; number < count; number++) {
            Map<String, String> message = Map.of("text", text + " " + number);
            // A quick machine reaches the limit on messages: then it waits, as every client does.
            await().pollDelay(Duration.ZERO)
                    .atMost(PATIENCE)
                    .until(() -> api.post(path, message).status(), status -> {
                        assertThat(status).isIn(201, 429);
                        return status == 201;
                    });
        }
    }

    private static int unread(String conversation) {
        return bo().get("/api/v1/conversations/" + conversation + "/unread")
                .path("unreadCount")
                .asInt();
    }

    /** Who is signed in in the window. */
    private static ChatUser bo() {
        Map<?, ?> saved = (Map<?, ?>) run("return JSON.parse(localStorage.getItem('parley.session.default'))");
        Map<?, ?> tokens = (Map<?, ?>) saved.get("tokens");
        return new ChatUser(
                RunningPlatform.baseUrl(),
                String.valueOf(((Map<?, ?>) saved.get("user")).get("id")),
                username,
                username + "@example.org",
                String.valueOf(tokens.get("accessToken")),
                String.valueOf(tokens.get("refreshToken")));
    }

    private static String resource(String name) {
        try (InputStream script = HistoryTest.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
