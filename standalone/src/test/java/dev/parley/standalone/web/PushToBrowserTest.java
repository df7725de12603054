package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.parley.standalone.RunningPlatform;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pushes to the service worker of a real browser. Its subscription is given, since a browser without a screen reaches no push
 * service; a push is put in by the browser's debugger, after it was decrypted.
 */
class PushToBrowserTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A push is held back for some seconds, and a busy machine takes its time. */
    private static final Duration LONGEST_PUSH = Duration.ofSeconds(60);

    /** A subscription at the push service of the argument, as the browser would get it; and what the page tells the platform. */
    private static final String PLAY = """
            const decoded = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
            const played = () => JSON.parse(localStorage.getItem('played'));
            const point = ({ x, y }) => Uint8Array.of(4, ...decoded(x), ...decoded(y));
            const secret = Uint8Array.from({ length: 16 }, (_, index) => index + 1);
            const subscriptionOf = ({ server, jwk }) => ({
                endpoint: '%s',
                options: { applicationServerKey: decoded(server).buffer },
                getKey: (name) => (name === 'auth' ? secret : point(jwk)).buffer,
                unsubscribe: async () => localStorage.removeItem('played'),
            });
            PushManager.prototype.getSubscription = async () => played() && subscriptionOf(played());
            PushManager.prototype.subscribe = async ({ applicationServerKey: server, userVisibleOnly }) => {
                if (!userVisibleOnly) throw new DOMException('Pushes must be seen', 'NotAllowedError');
                const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
                localStorage.setItem('played', JSON.stringify({ server, jwk: await crypto.subtle.exportKey('jwk', privateKey) }));
                return subscriptionOf(played());
            };
            /** As RFC 8291 has browsers do it. */
            window.decrypted = async (sent) => {
                const bytes = decoded(sent);
                const [salt, server, text] = [bytes.slice(0, 16), bytes.slice(21, 86), bytes.slice(86)];
                const { jwk } = played();
                const curve = { name: 'ECDH', namedCurve: 'P-256' };
                const own = await crypto.subtle.importKey('jwk', jwk, curve, false, ['deriveBits']);
                const other = await crypto.subtle.importKey('raw', server, curve, false, []);
                const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
                const derived = async (from, salt, info, length) => crypto.subtle.deriveBits(
                    { name: 'HKDF', hash: 'SHA-256', salt, info: Uint8Array.from(info) },
                    await crypto.subtle.importKey('raw', from, 'HKDF', false, ['deriveBits']), length * 8);
                const words = (text) => [...new TextEncoder().encode(text), 0];
                const material = await derived(shared, secret, [...words('WebPush: info'), ...point(jwk), ...server], 32);
                const key = await crypto.subtle.importKey(
                    'raw', await derived(material, salt, words('Content-Encoding: aes128gcm'), 16), 'AES-GCM', false, ['decrypt']);
                const iv = await derived(material, salt, words('Content-Encoding: nonce'), 12);
                const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, text));
                return new TextDecoder().decode(plain.slice(0, plain.lastIndexOf(2)));
            };
            window.told = [];
            const fetchPlain = window.fetch;
            window.fetch = async (url, init) => {
                const { pathname } = new URL(url, location.origin);
                const answer = await fetchPlain(url, init);
                if (pathname.includes('/users/me/devices')) {
                    window.told.push([init.method, pathname, answer.status, init.body ? JSON.parse(init.body) : null]);
                }
                if (pathname !== '/api/v1/config') return answer;
                const vapidPublicKey = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
                return Response.json({ vapidPublicKey, ...(await answer.json()) });
            };
            window.isSeen = true;
            document.hasFocus = () => window.isSeen;
            Object.defineProperty(document, 'visibilityState', { get: () => (window.isSeen ? 'visible' : 'hidden') });
            """;

    private static final String TOLD = "return window.told";

    private static AnnAndBo people;
    private static ChatWindow ann;
    private static ChatWindow bo;
    private static String together = "";
    private static String play = "";
    private static String endpoint = "";
    private static HttpServer pushService;
    private static final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private static WorkerTools worker;
    private static int number;

    @BeforeAll
    static void meet() throws Exception {
        people = AnnAndBo.met();
        ann = people.ann();
        bo = people.bo();
        together = people.together().substring(people.together().lastIndexOf('/') + 1);
        bo.devTools(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("notifications"), "origin", RunningPlatform.baseUrl()));
        pushService = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        pushService.createContext("/", exchange -> {
            received.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        pushService.start();
        endpoint = "http://127.0.0.1:" + pushService.getAddress().getPort() + "/of-bo";
        play = String.valueOf(
                bo.devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PLAY.formatted(endpoint)))
                        .get("identifier"));
        people.goTogether();
        bo.reload();
        bo.awaitOnline();
        worker = new WorkerTools(bo.debugger(), RunningPlatform.baseUrl());
        switchPushesOn();
    }

    /** For the other tests, Bo's browser is as it was. */
    @AfterAll
    static void takeAway() {
        if (pushService == null) {
            return;
        }
        if (worker != null) {
            worker.close();
        }
        pushService.stop(0);
        bo.script("""
                localStorage.removeItem('parley.push');
                localStorage.removeItem('played');
                return navigator.serviceWorker.getRegistration('/').then((each) => each?.unregister());
                """);
        bo.devTools("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", play));
        bo.devTools("Browser.resetPermissions", Map.of());
        bo.reload();
        bo.awaitOnline();
    }

    @BeforeEach
    void begin() {
        number++;
        people.goTogether();
        bo.reload();
        bo.awaitOnline();
        bo.awaitTrue("window.told.length > 0");
    }

    @AfterEach
    void clear() {
        worker.push(withdrawal());
        awaitShown(List.of());
    }

    @Test
    void eachStartRegistersTheSubscriptionOfTheSameBrowser() {
        List<?> first = (List<?>) ((List<?>) bo.script(TOLD)).get(0);
        bo.reload();
        bo.awaitTrue("window.told.length > 0");

        List<?> again = (List<?>) ((List<?>) bo.script(TOLD)).get(0);
        assertThat(again).isEqualTo(first);
        assertThat(first.subList(0, 3)).isEqualTo(List.of("POST", "/api/v1/users/me/devices", 204L));
        Map<?, ?> device = (Map<?, ?>) first.get(3);
        assertThat(device.get("deviceId")).isEqualTo(bo.script("return localStorage.getItem('parley.device')"));
        assertThat(device.get("platform")).isEqualTo("web");
        assertThat(device.get("provider")).isEqualTo("web-push");
        assertThat(device.get("endpoint")).isEqualTo(endpoint);
        assertThat(device.get("auth")).isEqualTo("AQIDBAUGBwgJCgsMDQ4PEA");
        assertThat((String) device.get("p256dh")).hasSize(87).startsWith("B");
        assertThat(bo.script("return JSON.parse(localStorage.getItem('played')).server"))
                .isEqualTo(bo.script("return fetch('/api/v1/config').then((answer) => answer.json()).then((config) =>"
                        + " config.vapidPublicKey)"));
    }

    @Test
    void switchedOffNothingIsLeft() {
        bo.openSettings();
        bo.click("push");
        bo.awaitText("hint-push", "you hear nothing");

        assertThat(((List<?>) ((List<?>) bo.script("return window.told.slice(-1)")).get(0)).subList(0, 3))
                .isEqualTo(List.of(
                        "DELETE",
                        "/api/v1/users/me/devices/" + bo.script("return localStorage.getItem('parley.device')"),
                        204L));
        assertThat(bo.script("return [localStorage.getItem('played'), localStorage.getItem('parley.push')]"))
                .isEqualTo(Arrays.asList(null, null));
        bo.click("push");
        bo.awaitText("hint-push", "even if Parley is not open");
        bo.click("close-dialog");
    }

    @Test
    void aPushIsShownOnceForItsConversationUntilItIsReadElsewhere() {
        bo.script("window.isSeen = false");
        worker.push(message("first", "Hello"));
        awaitShown(List.of("Ann: Hello"));
        worker.push(message("second", "There"));
        awaitShown(List.of("Ann: There"));
        worker.push(message("second", "There"));
        awaitShown(List.of("Ann: There"));
        JsonNode shown = worker.evaluate(
                "registration.getNotifications().then(([{ tag, data, silent }]) => ({ tag, data, silent }))");
        assertThat(shown.path("tag").asString()).isEqualTo(together);
        assertThat(shown.path("silent").asBoolean())
                .as("what came twice is heard once")
                .isTrue();
        assertThat(shown.path("data").path("url").asString()).isEqualTo("/#/c/" + together);

        worker.push(withdrawal());
        awaitShown(List.of());
    }

    @Test
    void whatIsNoPushOfThePlatformIsNotShown() {
        bo.script("window.isSeen = false");
        worker.push("no json");
        worker.push("{}");
        worker.push(message("real", "Real"));

        awaitShown(List.of("Ann: Real"));
    }

    @Test
    void nothingIsShownOfWhatThePageShows() {
        bo.awaitText("conversation-title", "Ann");
        worker.push(message("seen", "Seen"));
        worker.evaluate("new Promise((done) => setTimeout(done, 0))");
        bo.script("window.isSeen = false");
        worker.push(message("unseen", "Unseen"));

        awaitShown(List.of("Ann: Unseen"));
        assertThat(worker.evaluate("registration.getNotifications().then(([{ data }]) => data.messageId)")
                        .asString())
                .isEqualTo("unseen");
    }

    @Test
    void aClickLeadsToTheMessageInThePageThatIsOpen() {
        ann.write("Look at this " + number);
        bo.awaitShown("Look at this " + number);
        String messageId = (String)
                bo.script("return [...document.querySelectorAll('[data-testid=message]')].at(-1).dataset.messageId");
        bo.script("window.isSeen = false; location.hash = ''");
        bo.awaitOne("nothing-open");

        worker.push(message(messageId, "Look at this " + number));
        awaitShown(List.of("Ann: Look at this " + number));
        click();

        bo.awaitText("conversation-title", "Ann");
        bo.awaitTarget("Look at this " + number);
        awaitShown(List.of());
    }

    @Test
    void aClickOpensAPageWhereNoneIsOfTheConversation() {
        bo.script("window.isSeen = false");
        Map<String, Object> push = new HashMap<>(Map.of(
                "type",
                "message",
                "conversationId",
                "elsewhere",
                "messageId",
                "m1",
                "title",
                "Cy",
                "body",
                "Hi",
                "tag",
                together,
                "url",
                "https://evil.example/#/c/elsewhere"));
        worker.push(JSON.writeValueAsString(push));
        awaitShown(List.of("Cy: Hi"));
        worker.evaluate("clients.openWindow = async (url) => { self.opened = url; }");
        click();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(worker.evaluate("self.opened").asString("")).isEqualTo("/#/c/elsewhere/m/m1"));
    }

    /** All the way: the push that the platform sends to the push service of this browser, which has to be there to be decrypted. */
    @Test
    void aMessageIsPushedByThePlatformAndTakenBackWhenItIsReadElsewhere() throws Exception {
        bo.script("window.isSeen = false; location.hash = ''");
        bo.awaitOne("nothing-open");
        String text = "Come home " + number;
        ann.write(text);

        JsonNode push = awaitPush(each -> each.path("body").asString("").contains(text));
        assertThat(push.path("type").asString()).isEqualTo("message");
        assertThat(push.path("conversationId").asString()).isEqualTo(together);
        assertThat(push.path("url").asString()).isEqualTo("/#/c/" + together);
        worker.push(push.toString());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(shown()).singleElement().asString().contains(text));

        bo.api("POST", "/conversations/" + together + "/read", Map.of());
        worker.push(awaitPush(each -> each.path("type").asString().equals("read")
                        && each.path("tag").asString().equals(together))
                .toString());
        awaitShown(List.of());
    }

    private static JsonNode awaitPush(Predicate<JsonNode> isWanted) throws Exception {
        while (true) {
            byte[] encrypted = received.poll(LONGEST_PUSH.toSeconds(), TimeUnit.SECONDS);
            assertThat(encrypted).as("a push").isNotNull();
            JsonNode push = JSON.readTree((String) bo.script(
                    "return window.decrypted(arguments[0])", Base64.getEncoder().encodeToString(encrypted)));
            if (isWanted.test(push)) {
                return push;
            }
        }
    }

    /** The click itself is the screen's, which this browser has none of. */
    private static void click() {
        worker.evaluate("""
                registration.getNotifications().then(([notification]) =>
                    dispatchEvent(new NotificationEvent('notificationclick', { notification })))
                """);
    }

    private static void switchPushesOn() {
        bo.openSettings();
        bo.click("push");
        bo.awaitText("hint-push", "even if Parley is not open");
        bo.click("close-dialog");
    }

    private static String message(String messageId, String body) {
        return JSON.writeValueAsString(Map.of(
                "type",
                "message",
                "conversationId",
                together,
                "messageId",
                messageId,
                "senderId",
                "ann",
                "title",
                "Ann",
                "body",
                body,
                "badge",
                1,
                "tag",
                together,
                "url",
                "/#/c/" + together,
                "sentAt",
                "2026-01-02T03:04:05.678Z"));
    }

    private static String withdrawal() {
        return JSON.writeValueAsString(Map.of("type", "read", "conversationId", together, "badge", 0, "tag", together));
    }

    private static void awaitShown(List<String> texts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(shown()).isEqualTo(texts));
    }

    private static List<String> shown() {
        return worker.evaluate(
                        "registration.getNotifications().then((all) => all.map(({ title, body }) => `${title}: ${body}`))")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
