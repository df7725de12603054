package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import dev.parley.standalone.service.NodeMain;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two presence nodes, each a process of its own; one of them is killed while people chat. */
class PresenceNodesTest {

    @TempDir
    Path data;

    @Test
    @Timeout(300)
    void peopleChatOnWhenTheirNodeIsKilledAndTheNodeReturns() throws Exception {
        try (PlatformProcess platform = PlatformProcess.start(data, Map.of(), "--presence-nodes", "2")) {
            List<RunningNode> nodes = RunningNode.announcedBy(platform);
            assertThat(nodes).hasSize(2).allMatch(RunningNode::runs);
            ChatUser alice = ChatUser.register(platform.baseUrl(), "Alice");
            ChatUser bob = ChatUser.register(platform.baseUrl(), "Bob");
            String conversation = alice.directWith(bob);
            RunningNode killed = RunningNode.of(nodes, 2);
            // By turns: Alice's devices are on the first node, Bob's on the second.
            try (ChatSocket alicePhone = device(alice, "websocket").connect();
                    ChatSocket bobPhone = device(bob, "websocket").connect();
                    ChatSocket aliceTablet = device(alice, "polling").connect();
                    ChatSocket bobTablet = device(bob, "polling").connect()) {
                for (RunningNode node : nodes) {
                    assertThat(node.sockets()).isEqualTo(2);
                }
                assertChat(conversation, alicePhone, bobPhone, "before");
                assertChat(conversation, aliceTablet, bobTablet, "before");

                killed.kill();

                Until.satisfied(
                        () -> assertThat(List.of(bobPhone, bobTablet)).allMatch(device -> device.connections() == 2));
                assertThat(List.of(alicePhone, aliceTablet)).allMatch(device -> device.connections() == 1);
                assertChat(conversation, alicePhone, bobPhone, "without");
                assertChat(conversation, aliceTablet, bobTablet, "without");
                assertReturns(platform, killed, alice);
                assertChat(conversation, alicePhone, bobPhone, "after");
            }
            List<RunningNode> last = RunningNode.announcedBy(platform);
            assertThat(platform.stop(Duration.ofSeconds(60))).isTrue();
            assertThat(last).hasSize(3).noneMatch(RunningNode::runs);
            assertThat(platform.output().lines().filter(line -> line.contains("ended (exit code")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("presence node 2: process " + killed.process());
        }
    }

    @Test
    @Timeout(120)
    void aNodeEndsWithWhoeverStartedIt() throws Exception {
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeMain.class.getName(),
                        "presence")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("node.log").toFile())
                .start();
        try {
            OutputStream input = node.getOutputStream();
            // It starts, and waits for a broker that is not there.
            input.write(String.join(
                            "\n",
                            "--server.port=0",
                            "--spring.main.register-shutdown-hook=false",
                            "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                            "\n")
                    .getBytes(StandardCharsets.UTF_8));
            input.flush();
            assertThat(node.waitFor(2, TimeUnit.SECONDS)).isFalse();

            input.close();

            assertThat(node.waitFor(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            node.destroyForcibly();
        }
    }

    private static ChatSocket device(ChatUser user, String transport) {
        return new ChatSocket(user.baseUrl(), "/socket.io", user.accessToken(), true, transport);
    }

    private static void assertChat(String conversation, ChatSocket one, ChatSocket other, String text) {
        assertTold(other, one.send(conversation, text + " 1").path("id").asString());
        assertTold(one, other.send(conversation, text + " 2").path("id").asString());
    }

    private static void assertTold(ChatSocket device, String messageId) {
        Until.satisfied(() -> assertThat(device.told("new_message"))
                .extracting(told -> told.path("message").path("id").asString())
                .containsOnlyOnce(messageId));
    }

    /** In another process, at the same address; the gateway takes sockets there again. */
    private static void assertReturns(PlatformProcess platform, RunningNode killed, ChatUser user) {
        Until.satisfied(() -> assertThat(RunningNode.announcedBy(platform))
                .hasSize(3)
                .last()
                .satisfies(again -> {
                    assertThat(again.number()).isEqualTo(killed.number());
                    assertThat(again.address()).isEqualTo(killed.address());
                    assertThat(again.process()).isNotEqualTo(killed.process());
                }));
        Until.satisfied(() -> {
            try (ChatSocket another = user.connect()) {
                assertThat(killed.sockets()).isPositive();
            }
        });
    }
}
