package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.node.HostLookup;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/** A gateway that finds the presence nodes by a name in DNS. */
class NamedNodesTest extends GatewayTest {

    private static final String OPENING = "/socket.io/?EIO=4&transport=polling";
    private static final List<StubService> NODES = StubService.onOnePort("127.0.0.1", "127.0.0.2");
    private static final StubService ONE = NODES.get(0);
    private static final StubService TWO = NODES.get(1);

    /** What the name leads to now; null where the lookup fails. */
    private volatile List<StubService> named = NODES;

    private final AtomicInteger lookups = new AtomicInteger();
    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void forgetWhatNodesReceived() {
        NODES.forEach(StubService::reset);
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void takesSessionsToAllAddressesOfTheName() throws Exception {
        gateway = startGateway();
        awaitNodes(2);

        for (int i = 0; i < 4; i++) {
            assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(200);
        }

        for (StubService node : NODES) {
            assertThat(node.received).hasSize(2).allSatisfy(opening -> assertThat(
                            opening.headers().getAll("Parley-Node"))
                    .containsExactly(node.tag()));
        }
    }

    @Test
    void findsANodeThatIsNew() throws Exception {
        named = List.of(ONE);
        gateway = startGateway();
        awaitNodes(1);
        send(request(gateway, OPENING));
        assertThat(TWO.received).isEmpty();

        named = NODES;

        awaitNodes(2);
        send(request(gateway, OPENING));
        send(request(gateway, OPENING));
        assertThat(TWO.received).hasSize(1);
    }

    @Test
    void opensNoSessionAtANodeThatWentButFindsThoseThatItHas() throws Exception {
        gateway = startGateway("--parley.gateway.nodes.linger=60s");
        awaitNodes(2);
        named = List.of(TWO);
        awaitNodes(1);

        for (int i = 0; i < 3; i++) {
            send(request(gateway, OPENING));
        }
        send(request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc"));

        assertThat(TWO.received).hasSize(3);
        assertThat(ONE.received).hasSize(1);
    }

    @Test
    void forgetsANodeThatWentAWhileAgo() throws Exception {
        gateway = startGateway("--parley.gateway.nodes.linger=200ms");
        awaitNodes(2);
        assertThat(breakersOf(ONE)).isPositive();

        named = List.of(TWO);

        await().atMost(TIMEOUT).until(() -> breakersOf(ONE) == 0);
        send(request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc"));
        assertThat(ONE.received).isEmpty();
        assertThat(TWO.received).hasSize(1);
        assertThat(breakersOf(TWO)).isPositive();
    }

    @Test
    void keepsItsNodesWhileTheNameCannotBeLookedUp() throws Exception {
        gateway = startGateway();
        awaitNodes(2);

        named = null;

        int before = lookups.get();
        await().atMost(TIMEOUT).until(() -> lookups.get() > before + 2);
        assertThat(nodes()).isEqualTo(2);
        assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(200);
    }

    @Test
    void startsBeforeTheNameLeadsAnywhere() throws Exception {
        named = null;
        gateway = startGateway();

        HttpResponse<String> opening = send(request(gateway, OPENING));
        assertThat(opening.statusCode()).isEqualTo(503);
        assertThat(json(opening).get("code").asString()).isEqualTo("service.unavailable");
        assertThat(opening.headers().firstValue("Retry-After")).contains("1");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(json(send(request(gateway, "/api/v1/config")))
                        .path("detail")
                        .asString())
                .isEqualTo("Still starting: presence"));

        named = List.of(ONE);

        await().atMost(TIMEOUT)
                .until(() -> send(request(gateway, "/api/v1/config")).statusCode() == 200);
        assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(200);
    }

    private ConfigurableApplicationContext startGateway(String... settings) {
        HostLookup lookup = host -> {
            assertThat(host).isEqualTo("presence.example");
            lookups.incrementAndGet();
            List<StubService> found = named;
            return found == null
                    ? Mono.error(new UnknownHostException(host))
                    : Mono.just(found.stream().map(NamedNodesTest::address).toList());
        };
        return start(
                context -> context.getBeanFactory().registerSingleton("testLookup", lookup),
                Stream.concat(
                                Stream.of(
                                        "--parley.nodes.presence=dns://presence.example:" + ONE.port(),
                                        "--parley.gateway.nodes.refresh=100ms",
                                        "--parley.gateway.nodes.retry=100ms"),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    private static InetAddress address(StubService node) {
        try {
            return InetAddress.getByName(node == ONE ? "127.0.0.1" : "127.0.0.2");
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void awaitNodes(int count) {
        await().atMost(TIMEOUT).until(() -> nodes() == count);
    }

    private double nodes() {
        return gateway.getBean(MeterRegistry.class)
                .get("parley.gateway.nodes")
                .tag("service", "presence")
                .gauge()
                .value();
    }

    private long breakersOf(StubService node) {
        return gateway.getBean(MeterRegistry.class).getMeters().stream()
                .filter(meter -> meter.getId().getName().equals("resilience4j.circuitbreaker.state"))
                .filter(meter -> meter.getId().getTag("name").endsWith("@" + node.authority()))
                .count();
    }
}
