package dev.parley.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.request.RequestId;
import dev.parley.platform.service.ServiceClientAutoConfiguration;
import dev.parley.platform.service.ServiceClients;
import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.TraceReceiver.ReceivedSpan;
import dev.parley.platform.test.Until;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** Requests over the wire, from an edge to a service behind it, and what a collector is told of them. */
class TraceTest {

    private static final String EDGE = "edge";
    private static final String SERVICE = "service";

    private final TraceReceiver receiver = TraceReceiver.start();
    private final List<AnnotationConfigApplicationContext> contexts = new ArrayList<>();
    private final List<DisposableServer> servers = new ArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(DisposableServer::disposeNow);
        contexts.forEach(AnnotationConfigApplicationContext::close);
        receiver.close();
    }

    @Test
    void aRequestThroughTwoServicesIsOneTrace() {
        int edge = edgeBeforeService(Map.of());

        String requestId = get(edge, "/anything", null);

        Until.satisfied(() -> assertThat(receiver.spans()).hasSize(3));
        ReceivedSpan served = span(EDGE, "GET /api/{what}");
        ReceivedSpan called = span(EDGE, "GET");
        ReceivedSpan answered = span(SERVICE, "GET /things/{id}");
        assertThat(receiver.spans()).extracting(ReceivedSpan::traceId).containsOnly(requestId);
        assertThat(served.parentId()).isEmpty();
        assertThat(called.parentId()).isEqualTo(served.id());
        assertThat(called.attributes()).containsEntry("url.template", "/things/{id}");
        assertThat(answered.parentId()).isEqualTo(called.id());
        assertThat(answered.attributes())
                .containsEntry("http.response.status_code", "200")
                .containsEntry("parley.request.id", requestId);
    }

    @Test
    void aClientDoesNotChooseAtTheEdgeWhatIsTraced() {
        int edge = edgeBeforeService(Map.of());
        String ofClient = TraceReceiver.newParent();

        get(edge, "/anything", ofClient);

        Until.satisfied(() -> assertThat(receiver.spans()).hasSize(3));
        assertThat(receiver.ofTrace(TraceReceiver.traceId(ofClient))).isEmpty();
        assertThat(received).allSatisfy(header -> assertThat(header).doesNotContain(TraceReceiver.traceId(ofClient)));
    }

    @Test
    void whatIsNotSampledAtTheEdgeIsSampledNowhere() {
        AnnotationConfigApplicationContext behind = context(SERVICE, Map.of());
        int service = service(behind, exchange -> Mono.empty());
        int edge = edge(service, Map.of("otel.traces.sampler", "parentbased_always_off"));

        String unsampled = get(edge, "/anything", null);
        String sampled = TraceReceiver.newParent();
        get(service, "/things/1", sampled);

        // In the order in which they ended.
        Until.satisfied(() -> assertThat(receiver.ofTrace(TraceReceiver.traceId(sampled)))
                .extracting(ReceivedSpan::service)
                .containsExactly(SERVICE));
        assertThat(receiver.spans()).hasSize(1);
        assertThat(received.get(0)).startsWith("00-" + unsampled).matches(TraceReceiver.UNSAMPLED);
    }

    @Test
    void noSpanHoldsWhatPeopleWriteOrAnAddress() {
        AnnotationConfigApplicationContext behind = context(SERVICE, Map.of());
        int service =
                service(behind, exchange -> Mono.error(new IllegalStateException("Ann wrote: the-words-of-a-message")));
        int edge = edge(service, Map.of());

        get(edge, "/the-words-of-an-address?q=the-words-of-a-query", null);

        Until.satisfied(() -> assertThat(receiver.spans()).hasSize(3));
        assertThat(span(SERVICE, "GET /things/{id}").attributes())
                .containsEntry("error.type", IllegalStateException.class.getName());
        assertThat(receiver.bytes()).contains("IllegalState").doesNotContain("the-words-of", "127.0.0.1", "localhost");
    }

    @Test
    void theRequestsOfServicesForThemselvesAndThoseOfProbesBeginNoTrace() {
        int service = service(context(SERVICE, Map.of()), exchange -> Mono.empty());
        String parent = TraceReceiver.newParent();

        get(service, "/internal/platform/things", null);
        get(service, "/actuator/health", null);
        get(service, "/internal/platform/things", parent);

        Until.satisfied(() -> assertThat(receiver.spans()).hasSize(1));
        assertThat(receiver.ofTrace(TraceReceiver.traceId(parent))).hasSize(1);
    }

    @Test
    void nothingIsTracedUntilItIsSaidWhereItGoes() {
        AnnotationConfigApplicationContext context = contextWith(Map.of("spring.application.name", SERVICE));

        assertThat(context.getBean(Tracing.class)).isSameAs(Tracing.off());
        assertThat(context.getBeansOfType(TraceFilter.class)).isEmpty();
        assertThat(Tracing.off().serving("GET", TraceReceiver.newParent())).isSameAs(TraceSpan.NONE);
        assertThat(contextWith(Map.of("otel.exporter.otlp.endpoint", receiver.endpoint(), "otel.sdk.disabled", "true"))
                        .getBean(Tracing.class))
                .isSameAs(Tracing.off());
    }

    private int edgeBeforeService(Map<String, Object> settings) {
        return edge(service(context(SERVICE, Map.of()), exchange -> Mono.empty()), settings);
    }

    private int edge(int service, Map<String, Object> settings) {
        Map<String, Object> own = new HashMap<>(settings);
        own.put("parley.tracing.continue-callers", "false");
        AnnotationConfigApplicationContext context = context(EDGE, own);
        WebClient client = context.getBean(ServiceClients.class).at(URI.create("http://127.0.0.1:" + service));
        return serving(context, exchange -> {
            exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/{what}");
            return client.get()
                    .uri("/things/{id}", "the-words-of-an-id")
                    .retrieve()
                    .toBodilessEntity()
                    .then();
        });
    }

    private int service(AnnotationConfigApplicationContext context, WebHandler work) {
        return serving(context, exchange -> {
            String header = exchange.getRequest().getHeaders().getFirst(TraceSpan.HEADER);
            received.add(String.valueOf(header));
            exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/things/{id}");
            return work.handle(exchange).then(exchange.getResponse().setComplete());
        });
    }

    private int serving(AnnotationConfigApplicationContext context, WebHandler handler) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
                        .codecConfigurer(ServerCodecConfigurer.create())
                        .filter(context.getBean(TraceFilter.class), new RequestId())
                        .build()))
                .bindNow();
        servers.add(server);
        return server.port();
    }

    private AnnotationConfigApplicationContext context(String service, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("spring.application.name", service);
        all.put("spring.http.codecs.max-in-memory-size", "1MB");
        all.put("otel.exporter.otlp.endpoint", receiver.endpoint());
        all.put("otel.bsp.schedule.delay", "50");
        return contextWith(all);
    }

    private AnnotationConfigApplicationContext contextWith(Map<String, Object> settings) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.registerBean(WebClient.Builder.class, WebClient::builder);
        context.registerBean(JsonMapper.class, () -> new JsonMapper());
        context.register(TraceAutoConfiguration.class);
        if (settings.containsKey("spring.http.codecs.max-in-memory-size")) {
            context.register(ServiceClientAutoConfiguration.class);
        }
        context.refresh();
        contexts.add(context);
        return context;
    }

    private ReceivedSpan span(String service, String name) {
        return receiver.spans().stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " " + name + " in " + receiver.spans()));
    }

    /** @return the id of the request */
    private static String get(int port, String path, String traceparent) {
        return HttpClient.create()
                .headers(headers -> {
                    if (traceparent != null) {
                        headers.set(TraceSpan.HEADER, traceparent);
                    }
                })
                .get()
                .uri("http://127.0.0.1:" + port + path)
                .response()
                .map(response -> String.valueOf(response.responseHeaders().get(RequestId.HEADER)))
                .block();
    }
}
