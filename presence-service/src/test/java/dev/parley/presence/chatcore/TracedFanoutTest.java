package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.TraceReceiver.ReceivedSpan;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a trace shows of this service: an event up to the write to each receiver, a command up to the call that it makes. */
class TracedFanoutTest extends ChatServiceTest {

    @Test
    void aTracedEventIsShownUpToTheWriteToEachReceiver() {
        List<Device> all = List.of(connect(alice), connect(bob), connect(bob, "polling"));
        String parent = TraceReceiver.newParent();

        publishAgain(pending(text(alice, 1)).writtenBy(parent));

        all.forEach(device -> device.awaitOne("new_message"));
        Until.satisfied(() -> assertThat(writes(parent))
                .extracting(write -> write.attributes().get("parley.socket.id"))
                .doesNotHaveDuplicates()
                .hasSize(all.size()));
        // Other nodes of this process read the event, too, and have nobody to write it to.
        Until.satisfied(() -> {
            ReceivedSpan fanout = parentOf(parent, writes(parent).get(0));
            assertThat(fanout.name()).isEqualTo("fan-out message.created");
            assertThat(writes(parent))
                    .allSatisfy(write -> assertThat(write.parentId()).isEqualTo(fanout.id()));
            ReceivedSpan handled = parentOf(parent, fanout);
            assertThat(handled.name()).isEqualTo("handle conversationEvents");
            assertThat(parentOf(parent, handled).name()).isEqualTo("publish message.created");
        });
        assertThat(writes(parent))
                .extracting(write -> write.attributes().get("parley.user.id"), write -> write.attributes()
                        .get("parley.write"))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"" + alice + "\", \"written\")",
                        "(\"" + bob + "\", \"written\")",
                        "(\"" + bob + "\", \"queued\")");
        assertThat(TraceReceiver.shared().bytes()).contains(alice).doesNotContain("text 1", "Name of");
    }

    @Test
    void aCommandThatIsNotSampledIsSampledNowhere() {
        Device phone = connect(alice);
        Device bobPhone = connect(bob);

        phone.succeed("send_message", Map.of("conversationId", conversation, "text", "hello", "tempId", "t1"));

        String header = SERVICES.traceparents.get("/internal/conversations/" + conversation + "/messages");
        assertThat(header).matches(TraceReceiver.UNSAMPLED);
        String parent = TraceReceiver.newParent();
        publishAgain(pending(text(alice, 1)).writtenBy(parent));
        bobPhone.awaitOne("new_message");
        // Exported later than what ended earlier.
        Until.satisfied(() -> assertThat(writes(parent)).isNotEmpty());
        assertThat(spans(header)).isEmpty();
    }

    private static List<ReceivedSpan> spans(String traceparent) {
        return TraceReceiver.shared().ofTrace(TraceReceiver.traceId(traceparent));
    }

    private static List<ReceivedSpan> writes(String traceparent) {
        return spans(traceparent).stream()
                .filter(span -> span.name().equals("write"))
                .toList();
    }

    private static ReceivedSpan parentOf(String traceparent, ReceivedSpan child) {
        return spans(traceparent).stream()
                .filter(span -> span.id().equals(child.parentId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the parent of " + child + " in " + spans(traceparent)));
    }
}
