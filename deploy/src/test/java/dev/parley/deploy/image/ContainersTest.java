package dev.parley.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.ClosingSockets;
import dev.parley.platform.test.Until;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two people chat through the images that the build made, each in a container that may do next to nothing. */
class ContainersTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final int LONGEST_SECONDS = 30;

    @TempDir
    Path folder;

    private record Person(String id, String token) {}

    @Test
    @Timeout(900)
    void twoPeopleChatThroughServicesThatCanWriteNothingAndHaveNoPrivileges() throws Exception {
        Podman podman = new Podman(folder);
        assumeTrue(
                podman.isUsable(),
                "needs podman: apt-get install podman runc netavark aardvark-dns iptables catatonit, then ./mvnw -Pcontainers verify");
        String name = "parley-" + UUID.randomUUID().toString().substring(0, 8);
        try (Containers containers = new Containers(podman, name)) {
            assumeTrue(
                    Stream.concat(
                                    containers.names().stream().map(Containers::image),
                                    Stream.of(Containers.imageOfEmbedded()))
                            .allMatch(Files::exists),
                    "needs the images: run ./mvnw -Pcontainers verify");
            containers.start();
            for (String service : containers.names()) {
                assertIsAsDescribed(podman, service);
            }
            try {
                chat(containers);
                containers.requireAll();
            } catch (AssertionError | RuntimeException failure) {
                System.err.println(containers.logs());
                throw failure;
            }
        }
    }

    private static void assertIsAsDescribed(Podman podman, String service) {
        JsonNode image = JSON.readTree(
                        podman.run("image", "inspect", "parley/" + service + "-service:" + Containers.VERSION))
                .get(0)
                .path("Config");

        assertThat(image.path("User").asString()).isEqualTo("10001:10001");
        assertThat(image.path("Labels").path("org.opencontainers.image.title").asString())
                .isEqualTo(service + "-service");
        assertThat(image.path("Env").valueStream().map(JsonNode::asString))
                .contains("LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs");
        assertThat(image.path("Entrypoint").valueStream().map(JsonNode::asString))
                .startsWith("java")
                .contains("-Djava.io.tmpdir=/tmp");
    }

    private static void chat(Containers containers) throws Exception {
        String baseUrl = containers.baseUrl();
        ApiClient nobody = new ApiClient(baseUrl, "none");
        Awaitility.await()
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> nobody.get("/api/v1/config").status() == 200);
        Person alice = register(baseUrl, "alice");
        Person bob = register(baseUrl, "bob");
        ApiClient ofAlice = new ApiClient(baseUrl, alice.token());
        ApiClient ofBob = new ApiClient(baseUrl, bob.token());
        Map<String, String> picture = Map.of("base64", picture());
        assertThat(good(() -> ofAlice.post("/api/v1/users/me/avatar/sync", picture))
                        .path("avatarUrl")
                        .asString())
                .isNotEmpty();
        good(() -> ofBob.get("/api/v1/users/me/preferences"));
        BlockingQueue<JsonNode> toldToBob = new LinkedBlockingQueue<>();
        Socket phoneOfBob = connected(baseUrl, bob);
        Socket phoneOfAlice = connected(baseUrl, alice);
        try {
            phoneOfBob.on("new_message", args -> toldToBob.add(JSON.readTree(args[0].toString())));
            String conversation = good(() -> ofAlice.post("/api/v1/conversations/direct", Map.of("userId", bob.id())))
                    .path("id")
                    .asString();
            String messages = "/api/v1/conversations/" + conversation + "/messages";

            good(() -> ofAlice.post(messages, Map.of("text", "by request", "tempId", "t1")));
            send(phoneOfAlice, Map.of("conversationId", conversation, "text", "by socket", "tempId", "t2"));

            assertThat(List.of(textOfNext(toldToBob), textOfNext(toldToBob)))
                    .containsExactly("by request", "by socket");
            assertThat(good(() -> ofBob.get(messages))
                            .path("data")
                            .valueStream()
                            .map(stored -> stored.path("content").path("text").asString("")))
                    .containsSubsequence("by socket", "by request");
        } finally {
            phoneOfBob.disconnect();
            phoneOfAlice.disconnect();
        }
    }

    /** Is drawn anew in its container, which needs the libraries of the base image and a folder for temporary files. */
    private static String picture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static Person register(String baseUrl, String name) {
        ApiClient client = new ApiClient(baseUrl, "none").with("Idempotency-Key", name);
        Map<String, String> registration = Map.of(
                "email",
                name + "@example.org",
                "password",
                "correct horse battery",
                "username",
                name,
                "displayName",
                name);
        JsonNode registered = good(() -> client.post("/api/v1/auth/register", registration));
        return new Person(
                registered.path("user").path("id").asString(),
                registered.path("tokens").path("accessToken").asString());
    }

    private static Socket connected(String baseUrl, Person person) throws Exception {
        IO.Options options = IO.Options.builder()
                .setPath("/socket.io")
                .setTransports(new String[] {"websocket"})
                .setAuth(Map.of("token", "Bearer " + person.token()))
                .setForceNew(true)
                .build();
        options.webSocketFactory = ClosingSockets.FACTORY;
        Socket socket = IO.socket(URI.create(baseUrl + "/chat"), options);
        CompletableFuture<Void> connected = new CompletableFuture<>();
        socket.on(Socket.EVENT_CONNECT, args -> connected.complete(null));
        socket.connect();
        connected.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        return socket;
    }

    /** Asks again while the platform is too busy, as clients do. */
    private static JsonNode good(Supplier<Answer> request) {
        AtomicReference<Answer> last = new AtomicReference<>();
        Until.satisfied(() -> {
            last.set(request.get());
            assertThat(last.get().code()).isNotEqualTo("service.unavailable");
        });
        assertThat(last.get().status()).as("%s", last.get().body()).isBetween(200, 299);
        return last.get().body();
    }

    /** The same by a socket. */
    private static void send(Socket phone, Map<String, String> message) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        Until.satisfied(() -> {
            CompletableFuture<JsonNode> ack = new CompletableFuture<>();
            phone.emit("send_message", new Object[] {new JSONObject(message)}, (Ack)
                    args -> ack.complete(JSON.readTree(args[0].toString())));
            last.set(ack.get(LONGEST_SECONDS, TimeUnit.SECONDS));
            assertThat(last.get().path("code").asString("")).isNotIn("service.unavailable", "socket.overloaded");
        });
        assertThat(last.get().path("success").asBoolean()).as("%s", last).isTrue();
    }

    private static String textOfNext(BlockingQueue<JsonNode> told) throws InterruptedException {
        JsonNode next = told.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next.path("message").path("content").path("text").asString();
    }
}
