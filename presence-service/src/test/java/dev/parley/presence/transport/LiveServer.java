package dev.parley.presence.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.result.SimpleHandlerAdapter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A WebFlux application on reactor-netty, on a free port, that serves sockets beside a REST endpoint. */
public final class LiveServer implements AutoCloseable {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final LoopResources loops;
    private final Fanout fanout;
    private final AddressLimiter addresses;
    private DisposableServer server;

    public LiveServer(int eventLoops, OutboundLimits limits) {
        this(eventLoops, limits, AddressLimits.unlimited());
    }

    public LiveServer(int eventLoops, OutboundLimits limits, AddressLimits addressLimits) {
        this.loops = LoopResources.create("live", 1, eventLoops, true);
        TransportMetrics metrics = new TransportMetrics(registry);
        this.fanout = new Fanout(limits, metrics);
        this.addresses = new AddressLimiter(addressLimits, metrics);
    }

    public AddressLimiter addresses() {
        return addresses;
    }

    public Fanout fanout() {
        return fanout;
    }

    /** Begins to serve; port 0 is any free one. */
    public LiveServer serve(int port, List<HandlerMapping> mappings) {
        GenericApplicationContext context = new GenericApplicationContext();
        int number = 0;
        for (HandlerMapping mapping : mappings) {
            ((SimpleUrlHandlerMapping) mapping).setApplicationContext(context);
            context.registerBean("mapping" + number++, HandlerMapping.class, () -> mapping);
        }
        WebHandler health = exchange -> exchange.getResponse()
                .writeWith(Mono.just(exchange.getResponse().bufferFactory().wrap("fine".getBytes(UTF_8))));
        context.registerBean(
                "rest", HandlerMapping.class, () -> new SimpleUrlHandlerMapping(Map.of("/api/health", health), 0));
        context.registerBean(SimpleHandlerAdapter.class);
        context.registerBean("webHandler", DispatcherHandler.class);
        context.refresh();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .runOn(loops)
                .doOnChannelInit((observer, channel, address) -> connections.add(channel))
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.applicationContext(context)
                        // Made here, as Spring Boot does, since its making reads files.
                        .codecConfigurer(ServerCodecConfigurer.create())
                        .build()))
                .bindNow();
        return this;
    }

    public int port() {
        return server.port();
    }

    public URI http(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    public URI webSocket(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    /** What a metric of the transport, named without its common beginning, has counted so far. */
    public double counted(String name, String... tags) {
        return registry.get("parley.sockets." + name).tags(tags).counter().count();
    }

    public double open() {
        return registry.get("parley.sockets.open").gauge().value();
    }

    @Override
    public void close() {
        server.disposeNow();
        // A loop that ends with open connections loses the buffers that were read from them.
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
    }
}
