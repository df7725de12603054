package dev.parley.platform.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.deadline.DeadlineFilter;
import dev.parley.platform.deadline.DeadlineSettings;
import dev.parley.platform.request.RequestId;
import dev.parley.platform.surface.ErrorHandler;
import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.surface.Surfaces;
import dev.parley.platform.trace.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** How long a request may take, over the wire and through several services. */
class DeadlineTest {

    private record Answer(int status, HttpHeaders headers, String body) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final Duration LONGEST_TEST = Duration.ofSeconds(20);

    private final List<DisposableServer> servers = new ArrayList<>();
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final ServiceClients clients = new ServiceClients(
            WebClient.builder(),
            new ServiceClientSettings(Duration.ofSeconds(10), 10, 10),
            "secret",
            JSON,
            DataSize.ofKilobytes(1),
            List.of(),
            Tracing.off());

    @AfterEach
    void stopServices() {
        servers.forEach(server -> server.disposeNow(Duration.ofSeconds(5)));
    }

    @Test
    void aRequestThatHangsIsAnsweredAndItsWorkCancelled() {
        int hanging = service(exchange -> hang());

        Answer answer = get(hanging, null);

        assertUnavailable(answer);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void theCallersDeadlineCountsIfItIsEarlier() {
        int hanging = serviceWithin(LONGEST_TEST, exchange -> hang());

        assertUnavailable(get(hanging, "200"));
    }

    @Test
    void noCallerGetsMoreTimeThanThereIs() {
        int hanging = service(exchange -> hang());

        for (String header : List.of("99999", "999999999999", "-1", "soon", "")) {
            assertUnavailable(get(hanging, header));
        }
    }

    @Test
    void eachServiceOfAChainIsToldHowMuchIsLeft() throws Exception {
        int last = serviceWithin(LONGEST_TEST, exchange -> hang());
        int middle = serviceWithin(LONGEST_TEST, exchange -> call(last));
        Duration limit = LIMIT.multipliedBy(5);
        int first = serviceWithin(limit, exchange -> call(middle));

        assertUnavailable(get(first, null));

        long firstTold = nextTold();
        assertThat(firstTold).isBetween(1L, limit.toMillis() - 100);
        assertThat(nextTold()).isBetween(1L, firstTold - 100);
    }

    @Test
    void aCallWithoutARequestTellsHowLongItWaits() throws Exception {
        int service = service(exchange -> exchange.getResponse().setComplete());

        clients.at(at(service)).get().uri("/").retrieve().toBodilessEntity().block(LONGEST_TEST);

        assertThat(nextTold()).isEqualTo(9_900);
    }

    @Test
    void workThatGoesOnIsNotShortOfTime() {
        Mono<Duration> left = Mono.deferContextual(context -> Mono.just(Deadline.left(context, LONGEST_TEST)));
        Deadline deadline = Deadline.after(LIMIT);

        assertThat(deadline.bound(left).block()).isPositive().isLessThanOrEqualTo(LIMIT);
        assertThat(deadline.bound(Mono.deferContextual(context -> Mono.fromFuture(() ->
                                left.contextWrite(Deadline.without(context)).toFuture())))
                        .block())
                .isEqualTo(LONGEST_TEST);
    }

    @Test
    void aSlowUploadIsNotCut() {
        int service =
                service(exchange -> DataBufferUtils.join(exchange.getRequest().getBody())
                        .flatMap(body -> exchange.getResponse().writeWith(Mono.just(body))));

        Answer answer = post(service, "text/plain", slowly("a slow", " upload"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a slow upload");
    }

    @Test
    void aSlowFormIsNotCut() {
        int service = service(exchange -> exchange.getMultipartData().flatMap(parts -> exchange.getResponse()
                .writeWith(Mono.just(exchange.getResponse()
                        .bufferFactory()
                        .wrap(String.join(",", parts.keySet()).getBytes(StandardCharsets.US_ASCII))))));
        String form = "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\nvalue\r\n";

        Answer answer = post(
                service,
                MediaType.MULTIPART_FORM_DATA_VALUE + ";boundary=x",
                slowly(form.formatted("one"), form.formatted("two") + "--x--\r\n"));

        assertThat(answer.body()).isEqualTo("one,two");
    }

    @Test
    void theTimeBeginsWhenTheUploadIsThere() {
        int service =
                service(exchange -> DataBufferUtils.join(exchange.getRequest().getBody())
                        .doOnNext(DataBufferUtils::release)
                        .then(hang()));

        assertUnavailable(post(service, "text/plain", slowly("a slow", " upload")));
    }

    @Test
    void aSlowAnswerThatHasBegunIsNotCut() {
        int service = service(exchange -> exchange.getResponse()
                .writeAndFlushWith(Flux.just("a slow")
                        .concatWith(Flux.just(" download").delayElements(LIMIT.multipliedBy(2)))
                        .map(part -> Mono.just(exchange.getResponse()
                                .bufferFactory()
                                .wrap(part.getBytes(StandardCharsets.US_ASCII))))));

        assertThat(get(service, null).body()).isEqualTo("a slow download");
    }

    @Test
    void aPathThatAnswersLateOnPurposeHasNoLimit() {
        int service = service(exchange ->
                Mono.delay(LIMIT.multipliedBy(2)).then(exchange.getResponse().setComplete()));

        assertThat(get(service, "/polls/1", null).status()).isEqualTo(200);
    }

    private static Flux<ByteBuf> slowly(String first, String second) {
        return Flux.just(first, second)
                .concatWith(Flux.<String>empty().delaySubscription(LIMIT))
                .delayElements(LIMIT)
                .map(part -> Unpooled.copiedBuffer(part, StandardCharsets.US_ASCII));
    }

    private long nextTold() throws InterruptedException {
        return requireNonNull(told.poll(LONGEST_TEST.toSeconds(), TimeUnit.SECONDS), "nothing was told");
    }

    private Mono<Void> hang() {
        return Mono.<Void>never().doOnCancel(cancelled::incrementAndGet);
    }

    private Mono<Void> call(int port) {
        return clients.at(at(port)).get().uri("/").retrieve().toBodilessEntity().then();
    }

    private int service(WebHandler work) {
        return serviceWithin(LIMIT, work);
    }

    private int serviceWithin(Duration limit, WebHandler work) {
        WebHandler listening = exchange -> {
            note(exchange);
            return work.handle(exchange);
        };
        ErrorRenderer errors = new ErrorRenderer(new Surfaces(List.of()), JSON);
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(listening)
                        .codecConfigurer(ServerCodecConfigurer.create())
                        .filter(new RequestId(), new DeadlineFilter(new DeadlineSettings(limit, List.of("/polls/**"))))
                        .exceptionHandler(new ErrorHandler(errors))
                        .build()))
                .bindNow();
        servers.add(server);
        return server.port();
    }

    private void note(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(Deadline.HEADER);
        if (header != null && header.matches("\\d{1,5}")) {
            told.add(Long.parseLong(header));
        }
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static Answer get(int port, String deadline) {
        return get(port, "/", deadline);
    }

    private static Answer get(int port, String path, String deadline) {
        HttpClient client = deadline == null
                ? HttpClient.create()
                : HttpClient.create().headers(headers -> headers.set(Deadline.HEADER, deadline));
        return answer(client.get().uri(at(port).resolve(path)));
    }

    private static Answer post(int port, String type, Flux<ByteBuf> body) {
        return answer(HttpClient.create()
                .headers(headers -> headers.set("Content-Type", type))
                .post()
                .uri(at(port).resolve("/"))
                .send(body));
    }

    private static Answer answer(HttpClient.ResponseReceiver<?> asked) {
        return asked.responseSingle((response, content) -> content.asString()
                        .defaultIfEmpty("")
                        .map(body -> new Answer(response.status().code(), response.responseHeaders(), body)))
                .block(LONGEST_TEST);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("service.unavailable");
    }
}
