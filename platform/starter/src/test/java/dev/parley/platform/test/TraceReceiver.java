package dev.parley.platform.test;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Receives what services export to an OpenTelemetry collector: spans over OTLP, as protobuf over HTTP. */
public final class TraceReceiver implements AutoCloseable {

    /**
     * @param parentId empty if it has none
     * @param links the ids of the traces that it links to
     */
    public record ReceivedSpan(
            String service,
            String traceId,
            String id,
            String parentId,
            String name,
            Map<String, String> attributes,
            List<String> links) {}

    /** Of the flags in a header only the last bit says that it is sampled. */
    public static final String UNSAMPLED = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f][02468ace]";

    /** Of all tests of this JVM whose services trace only what is sampled already. */
    private static final TraceReceiver SHARED = start();

    private final HttpServer server;
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
    private final List<byte[]> exports = new CopyOnWriteArrayList<>();

    private TraceReceiver(HttpServer server) {
        this.server = server;
    }

    public static TraceReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TraceReceiver receiver = new TraceReceiver(server);
            server.createContext("/v1/traces", exchange -> {
                receiver.take(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return receiver;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static TraceReceiver shared() {
        return SHARED;
    }

    /** Has a service begin no trace of its own, and export those that others have begun. */
    public static void register(DynamicPropertyRegistry properties) {
        properties.add("otel.exporter.otlp.endpoint", SHARED::endpoint);
        properties.add("otel.traces.sampler", () -> "parentbased_always_off");
        properties.add("otel.bsp.schedule.delay", () -> "100");
    }

    /** A sampled parent in a new trace. */
    public static String newParent() {
        byte[] ids = new byte[24];
        ThreadLocalRandom.current().nextBytes(ids);
        String hex = HexFormat.of().formatHex(ids);
        return "00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01";
    }

    public static String traceId(String traceparent) {
        return traceparent.split("-")[1];
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    public List<ReceivedSpan> ofTrace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** All bytes that came, to look for what must not be among them. */
    public String bytes() {
        StringBuilder all = new StringBuilder();
        exports.forEach(export -> all.append(new String(export, StandardCharsets.UTF_8)));
        return all.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** {@code opentelemetry/proto/collector/trace/v1/trace_service.proto} and what it imports. */
    private void take(byte[] export) {
        exports.add(export);
        fields(ByteBuffer.wrap(export), (field, resourceSpans) -> {
            String[] service = {""};
            fields(resourceSpans.duplicate(), (number, value) -> {
                if (number == 1) {
                    Map<String, String> resource = new HashMap<>();
                    fields(value, (one, attribute) -> keyValue(one == 1, attribute, resource));
                    service[0] = resource.getOrDefault("service.name", "");
                }
            });
            fields(resourceSpans, (number, scopeSpans) -> {
                if (number == 2) {
                    fields(scopeSpans, (one, span) -> {
                        if (one == 2) {
                            spans.add(span(service[0], span));
                        }
                    });
                }
            });
        });
    }

    private static ReceivedSpan span(String service, ByteBuffer span) {
        String[] texts = {"", "", "", ""};
        Map<String, String> attributes = new HashMap<>();
        List<String> links = new CopyOnWriteArrayList<>();
        fields(span, (number, value) -> {
            switch (number) {
                case 1 -> texts[0] = hex(value);
                case 2 -> texts[1] = hex(value);
                case 4 -> texts[2] = hex(value);
                case 5 -> texts[3] = text(value);
                case 9 -> keyValue(true, value, attributes);
                case 13 ->
                    fields(value, (one, id) -> {
                        if (one == 1) {
                            links.add(hex(id));
                        }
                    });
                default -> {}
            }
        });
        return new ReceivedSpan(service, texts[0], texts[1], texts[2], texts[3], attributes, links);
    }

    private static void keyValue(boolean wanted, ByteBuffer keyValue, Map<String, String> attributes) {
        if (!wanted) {
            return;
        }
        String[] read = {"", ""};
        fields(keyValue, (number, value) -> {
            if (number == 1) {
                read[0] = text(value);
            } else {
                fields(value, (kind, content) -> read[1] = kind == 1 ? text(content) : Long.toString(number(content)));
            }
        });
        attributes.put(read[0], read[1]);
    }

    /** Each field of a message: its number, and its bytes; of a number the bytes of a {@code varint}. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> field) {
        while (message.hasRemaining()) {
            int tag = (int) number(message);
            int start = message.position();
            int length =
                    switch (tag & 7) {
                        case 0 -> {
                            number(message);
                            int read = message.position() - start;
                            message.position(start);
                            yield read;
                        }
                        case 1 -> 8;
                        case 2 -> (int) number(message);
                        case 5 -> 4;
                        default -> throw new IllegalArgumentException("No wire type of protobuf: " + (tag & 7));
                    };
            field.accept(tag >>> 3, message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            message.position(message.position() + length);
        }
    }

    private static long number(ByteBuffer varint) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = varint.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    private static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    private static String hex(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
