package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.TraceReceiver.ReceivedSpan;
import dev.parley.platform.test.Until;
import dev.parley.platform.trace.TraceSpan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** An event keeps the trace of the request that wrote it, in its document and on its record. */
class TracedWriteTest extends MessageApiTest {

    @Test
    void theEventOfEachRequestIsInItsTrace() {
        String sent = TraceReceiver.newParent();
        String direct = TraceReceiver.newParent();
        String edited = TraceReceiver.newParent();
        String hidden = TraceReceiver.newParent();

        String id = alice(sent)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", "one"))
                .body()
                .path("id")
                .asString();
        alice(direct).post("/internal/conversations/" + conversation + "/messages", Map.of("text", "two"));
        alice(edited).call("PATCH", "/api/v1/messages/" + id, Map.of("text", "three"));
        alice(hidden).call("DELETE", "/api/v1/messages/" + id + "/me", Map.of());

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            assertThat(topic.await(conversation, 4, event -> true))
                    .extracting(TracedWriteTest::traceOf)
                    .containsExactlyInAnyOrder(traceId(sent), traceId(direct), traceId(edited), traceId(hidden));
        }
        Until.satisfied(() -> assertThat(names(sent))
                .contains("POST /api/v1/conversations/{conversationId}/messages", "publish message.created"));
        Until.satisfied(() -> assertThat(names(direct))
                .contains("POST /internal/conversations/{conversationId}/messages", "publish message.created"));
    }

    @Test
    void theEventOfARequestThatIsNotSampledNamesNoTrace() {
        alice(TraceReceiver.newParent().replaceFirst("01$", "00"))
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", "one"));

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            assertThat(topic.await(conversation, 1, event -> true))
                    .allSatisfy(event -> assertThat(event.headers().lastHeader(TraceSpan.HEADER))
                            .isNull());
        }
    }

    private ApiClient alice(String traceparent) {
        return as(alice).with(TraceSpan.HEADER, traceparent);
    }

    private static String traceOf(ConsumerRecord<String, String> event) {
        Header header = event.headers().lastHeader(TraceSpan.HEADER);
        return header == null ? "none" : traceId(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static String traceId(String traceparent) {
        return TraceReceiver.traceId(traceparent);
    }

    private static List<String> names(String traceparent) {
        return TraceReceiver.shared().ofTrace(traceId(traceparent)).stream()
                .map(ReceivedSpan::name)
                .toList();
    }
}
