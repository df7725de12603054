package dev.parley.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.ClosingSockets;
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
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two people chat through the images that the build made, each in a container that may do next to nothing. */
class ContainersTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final int LONGEST_SECONDS = 30;

    @TempDir
    Path folder;

    private record Person(String id, String token) {}

    @Test
    @Timeout(420)
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
                .ignoreExceptionsInstanceOf(WebClientRequestException.class)
                .until(() -> nobody.get("/api/v1/config").status() == 200);
        Person alice = register(baseUrl, "alice");
        Person bob = register(baseUrl, "bob");
        assertThat(good(new ApiClient(baseUrl, alice.token())
                                .post("/api/v1/users/me/avatar/sync", Map.of("base64", picture())))
                        .path("avatarUrl")
                        .asString())
                .isNotEmpty();
        good(new ApiClient(baseUrl, bob.token()).get("/api/v1/users/me/preferences"));
        BlockingQueue<JsonNode> toldToBob = new LinkedBlockingQueue<>();
        Socket phoneOfBob = connected(baseUrl, bob);
        Socket phoneOfAlice = connected(baseUrl, alice);
        try {
            phoneOfBob.on("new_message", args -> toldToBob.add(JSON.readTree(args[0].toString())));
            String conversation = good(new ApiClient(baseUrl, alice.token())
                            .post("/api/v1/conversations/direct", Map.of("userId", bob.id())))
                    .path("id")
                    .asString();

            good(new ApiClient(baseUrl, alice.token())
                    .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", "by request")));
            CompletableFuture<JsonNode> ack = new CompletableFuture<>();
            Map<String, String> message = Map.of("conversationId", conversation, "text", "by socket", "tempId", "t1");
            phoneOfAlice.emit("send_message", new Object[] {new JSONObject(message)}, (Ack)
                    args -> ack.complete(JSON.readTree(args[0].toString())));
            assertThat(ack.get(LONGEST_SECONDS, TimeUnit.SECONDS)
                            .path("success")
                            .asBoolean())
                    .as("%s", ack)
                    .isTrue();

            assertThat(List.of(textOfNext(toldToBob), textOfNext(toldToBob)))
                    .containsExactly("by request", "by socket");
            assertThat(good(new ApiClient(baseUrl, bob.token())
                                    .get("/api/v1/conversations/" + conversation + "/messages"))
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
        JsonNode registered = good(new ApiClient(baseUrl, "none")
                .post(
                        "/api/v1/auth/register",
                        Map.of(
                                "email",
                                name + "@example.org",
                                "password",
                                "correct horse battery",
                                "username",
                                name,
                                "displayName",
                                name)));
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

    private static JsonNode good(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private static String textOfNext(BlockingQueue<JsonNode> told) throws InterruptedException {
        JsonNode next = told.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next.path("message").path("content").path("text").asString();
    }
}
