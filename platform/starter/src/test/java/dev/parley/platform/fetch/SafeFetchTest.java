package dev.parley.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.PlatformError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Fetches from a server on this machine, which is public here, and its other addresses are not. */
class SafeFetchTest {

    private static final int SIZE = 10_000;
    private static final String PUBLIC = "127.0.0.1";
    private static final String PRIVATE = "127.0.0.2";
    private static final FetchLimits LIMITS =
            new FetchLimits(SIZE, Set.of("image/png"), PlatformError.BODY_TOO_LARGE, PlatformError.NOT_ACCEPTABLE);
    private static final FetchSettings SETTINGS =
            new FetchSettings(Duration.ofSeconds(4), Duration.ofSeconds(3), 3, 2, true, false);

    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final Queue<String> answersOfTheNameServer = new ConcurrentLinkedQueue<>();
    private final DisposableServer server =
            HttpServer.create().host("0.0.0.0").port(0).handle(this::answer).bindNow();
    private final SafeFetch fetch = new SafeFetch(
            SETTINGS, this::lookUp, address -> address.getHostAddress().equals(PUBLIC), new SimpleMeterRegistry());

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        hosts.add(request.requestHeaders().get(HttpHeaderNames.HOST));
        String path = request.path();
        if (path.startsWith("to/")) {
            return response.status(302)
                    .header("Location", path.substring("to/".length()).replace("_", "/"))
                    .send();
        }
        response.header("Content-Type", path.equals("page") ? "text/html" : "image/png; q=1");
        return switch (path) {
            case "image", "page" -> response.sendByteArray(Mono.just(new byte[SIZE]));
            case "long" -> response.header("Content-Length", "10001").sendByteArray(Mono.just(new byte[10_001]));
            case "endless" -> response.sendByteArray(Flux.just(new byte[1_000]).repeat());
            case "drip" ->
                response.sendByteArray(Flux.interval(Duration.ofMillis(50)).map(i -> new byte[1]));
            case "silent" -> Mono.never();
            case "zipped" -> response.header("Content-Encoding", "gzip").sendByteArray(Mono.just(new byte[10]));
            case "loop" -> response.status(302).header("Location", "/loop").send();
            default -> response.sendNotFound();
        };
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        return switch (host) {
            case "public.example" -> InetAddress.getAllByName(PUBLIC);
            case "private.example" -> InetAddress.getAllByName(PRIVATE);
            case "both.example" -> new InetAddress[] {InetAddress.getByName(PUBLIC), InetAddress.getByName(PRIVATE)};
            case "rebinding.example" -> InetAddress.getAllByName(answersOfTheNameServer.remove());
            default -> InetAddress.getAllByName(host);
        };
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void givesWhatStandsThere() {
        Fetched fetched = fetch.get(at("public.example", "image"), LIMITS).block();

        assertThat(fetched.mimeType()).isEqualTo("image/png");
        assertThat(fetched.content()).hasSize(SIZE);
        assertThat(hosts).containsExactly("public.example:" + server.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private.example", "both.example", PRIVATE, "[::1]", "[::ffff:127.0.0.2]"})
    void asksNobodyWhoIsNotPublic(String host) {
        assertThat(refusalOf(at(host, "image"))).isEqualTo(FetchError.NOT_ALLOWED);
        assertThat(hosts).isEmpty();
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndLooksNothingUpAgain() {
        answersOfTheNameServer.addAll(List.of(PUBLIC, PRIVATE));

        assertThat(fetch.get(at("rebinding.example", "image"), LIMITS).block()).isNotNull();

        assertThat(answersOfTheNameServer).containsExactly(PRIVATE);
        assertThat(refusalOf(at("rebinding.example", "image"))).isEqualTo(FetchError.NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/image",
                "http://0x7f.1/image",
                "http://0x7f000001/image",
                "http://127.1/image",
                "http://0177.0.0.1/image",
                "http://127.0.0.1./image",
                "http://127.0.0.01/image",
                "http://somebody@public.example/image",
                "http://public.example:0/image",
                "http://public.example:70000/image",
                "http:///image",
                "http:image",
                "//public.example/image",
                "/image",
                "ftp://public.example/image",
                "file:///etc/passwd",
                "gopher://public.example/",
                "jar:http://public.example/x!/y",
                "http://[fe80::1%25eth0]/image",
                "http://pub lic.example/image",
                "http://a_b.example/image",
                "not an address",
                ""
            })
    void refusesAddressesThatAreNone(String address) {
        assertThat(refusalOf(address)).isEqualTo(FetchError.NOT_ALLOWED);
        assertThat(hosts).isEmpty();
    }

    @Test
    void takesHttpsAloneWhereNothingElseIsSaid() {
        SafeFetch strict = new SafeFetch(
                new FetchSettings(Duration.ofSeconds(4), Duration.ofSeconds(3), 3, 2, false, false),
                this::lookUp,
                address -> true,
                new SimpleMeterRegistry());

        assertThat(refusalOf(strict, at("public.example", "image"))).isEqualTo(FetchError.NOT_ALLOWED);
        assertThat(hosts).isEmpty();
        // Nobody speaks TLS there.
        assertThat(refusalOf(strict, at("public.example", "image").replace("http:", "https:")))
                .isEqualTo(FetchError.NOT_FETCHED);
    }

    @Test
    void followsRedirects() {
        assertThat(fetch.get(at("public.example", "to/_image"), LIMITS).block()).isNotNull();
        assertThat(fetch.get(at("public.example", "to/" + at(PUBLIC, "image").replace("/", "_")), LIMITS)
                        .block())
                .isNotNull();
        assertThat(hosts).endsWith(PUBLIC + ":" + server.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:__private.example:{port}_image",
                "http:__127.0.0.2:{port}_image",
                "__private.example:{port}_image",
                "http:__0x7f.2:{port}_image",
                "file:___etc_passwd",
                "http:__169.254.169.254_latest_meta-data_"
            })
    void checksWhereARedirectLeads(String location) {
        String address = at("public.example", "to/" + location.replace("{port}", "" + server.port()));

        assertThat(refusalOf(address)).isEqualTo(FetchError.NOT_ALLOWED);
        assertThat(hosts).hasSize(1);
    }

    @Test
    void followsNotForEver() {
        assertThat(refusalOf(at("public.example", "loop"))).isEqualTo(FetchError.NOT_FETCHED);
        assertThat(hosts).hasSize(SETTINGS.maxRedirects() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "endless"})
    void takesNoMoreThanIsAllowed(String path) {
        assertThat(refusalOf(at("public.example", path))).isEqualTo(LIMITS.tooLarge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"drip", "silent"})
    void waitsNotForEver(String path) {
        Instant begun = Instant.now();

        assertThat(refusalOf(at("public.example", path))).isEqualTo(FetchError.NOT_FETCHED);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void saysAsLittleOfWhatIsThereAsPossible() {
        assertThat(refusalOf(at("public.example", "nothing"))).isEqualTo(FetchError.NOT_FETCHED);
        assertThat(refusalOf(at("public.example", "zipped"))).isEqualTo(FetchError.NOT_FETCHED);
        assertThat(refusalOf("http://public.example:1/image")).isEqualTo(FetchError.NOT_FETCHED);
        assertThat(refusalOf("http://nowhere.invalid/image")).isEqualTo(FetchError.NOT_FETCHED);
        assertThat(refusalOf(at("public.example", "page"))).isEqualTo(LIMITS.otherType());
    }

    @Test
    void fetchesNotMoreAtOnceThanItMay() {
        List<ErrorCode> refusals = Flux.range(0, SETTINGS.maxConcurrent() + 1)
                .flatMap(i -> fetch.get(at("public.example", "silent"), LIMITS)
                        .thenReturn((ErrorCode) PlatformError.INTERNAL)
                        .onErrorResume(ApiException.class, refused -> Mono.just(refused.code())))
                .collectList()
                .block();

        assertThat(refusals).containsExactly(PlatformError.UNAVAILABLE, FetchError.NOT_FETCHED, FetchError.NOT_FETCHED);
        assertThat(fetch.get(at("public.example", "image"), LIMITS).block()).isNotNull();
    }

    private String at(String host, String path) {
        return "http://" + host + ":" + server.port() + "/" + path;
    }

    private ErrorCode refusalOf(String address) {
        return refusalOf(fetch, address);
    }

    private static ErrorCode refusalOf(SafeFetch fetch, String address) {
        return catchThrowableOfType(
                        ApiException.class, () -> fetch.get(address, LIMITS).block())
                .code();
    }
}
