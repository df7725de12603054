package dev.parley.notification.expo;

import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.ReceiptProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends pushes to Expo, a hundred in a request, and fetches what Apple and Google said to them later. A request that Expo refuses as a
 * whole, though it may be for one push in it, is sent again push by push.
 */
@Component
final class Expo implements ReceiptProvider {

    private static final int MAX_BATCH = 100;
    private static final int MAX_RECEIPTS = 1_000;

    /** Expo keeps receipts for a day. */
    private static final Duration KEPT = Duration.ofHours(23);

    /** Bytes: smaller ones are hardly quicker when they are compressed. */
    private static final int COMPRESSED_FROM = 1_024;

    private final ExpoSettings settings;
    private final ExpoClient client;
    private final JsonMapper json;

    Expo(ExpoSettings settings, ExpoClient client, JsonMapper json) {
        this.settings = settings;
        this.client = client;
        this.json = json;
    }

    @Override
    public ProviderName name() {
        return ProviderName.EXPO;
    }

    @Override
    public boolean enabled() {
        return settings.enabled();
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public Duration receiptsAfter() {
        return settings.receiptsAfter();
    }

    @Override
    public Duration receiptsUntil() {
        return KEPT;
    }

    @Override
    public int maxReceipts() {
        return MAX_RECEIPTS;
    }

    @Override
    public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
        return Mono.defer(() -> {
                    byte[] body = array(pushes);
                    return body.length < COMPRESSED_FROM
                            ? client.post("/send", body, false)
                            : client.post("/send", compressed(body), true);
                })
                .map(answer -> tickets(answer, pushes.size()))
                .onErrorResume(
                        ExpoClient.RefusedRequestException.class,
                        refused -> pushes.size() == 1
                                ? Mono.just(List.of(new PushOutcome.Refused(refused.getMessage())))
                                : oneByOne(pushes));
    }

    private Mono<List<PushOutcome>> oneByOne(List<PushRequest> pushes) {
        return Flux.fromIterable(pushes)
                .flatMapSequential(push -> send(List.of(push)), settings.maxConnections())
                .flatMapIterable(outcome -> outcome)
                .collectList();
    }

    private byte[] array(List<PushRequest> pushes) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.write('[');
        for (int i = 0; i < pushes.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(ExpoMessage.of(pushes.get(i), json));
        }
        array.write(']');
        return array.toByteArray();
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    private static List<PushOutcome> tickets(JsonNode answer, int expected) {
        JsonNode tickets = answer.path("data");
        if (tickets.size() != expected) {
            throw new ProviderUnavailableException(tickets.size() + " tickets for " + expected + " pushes", null);
        }
        List<PushOutcome> outcomes = new ArrayList<>();
        tickets.forEach(ticket -> outcomes.add(ExpoAnswer.of(ticket)));
        return outcomes;
    }

    @Override
    public Mono<Map<String, PushOutcome>> receipts(List<String> providerIds) {
        return Mono.defer(() -> client.post("/getReceipts", json.writeValueAsBytes(Map.of("ids", providerIds)), false))
                .map(answer -> {
                    Map<String, PushOutcome> outcomes = new LinkedHashMap<>();
                    for (String id : providerIds) {
                        JsonNode receipt = answer.path("data").path(id);
                        if (receipt.has("status")) {
                            outcomes.put(id, ExpoAnswer.of(receipt));
                        }
                    }
                    return outcomes;
                });
    }
}
