package dev.parley.conversation.internal;

import dev.parley.conversation.Membership.Reading.Mark;
import dev.parley.conversation.Membership.Reading.Range;
import dev.parley.conversation.delivery.Delivery;
import dev.parley.conversation.delivery.DeliveryReceipts;
import dev.parley.conversation.receipt.MemberPointers;
import dev.parley.conversation.receipt.MemberPointers.Position;
import dev.parley.conversation.receipt.MemberPointers.Positions;
import dev.parley.platform.json.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Takes deliveries from other services, and answers them how far members have received and read. */
@RestController
@RequestMapping("/internal/platform")
class ReceiptController {

    private static final int MAX_DELIVERIES = 1_000;
    private static final int MAX_TEXT = 128;

    record PointersView(List<PointerView> members, List<PointerView> former, int participantCount) {

        static PointersView of(Positions positions) {
            return new PointersView(
                    positions.members().stream().map(PointerView::of).toList(),
                    positions.former().stream().map(PointerView::of).toList(),
                    positions.participantCount());
        }
    }

    record PointerView(
            String userId,
            long fromSeq,
            @Nullable Long toSeq,
            long readSeq,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks,
            List<Range> skipped) {

        static PointerView of(Position position) {
            return new PointerView(
                    position.userId(),
                    position.fromSeq(),
                    position.toSeq(),
                    position.readSeq(),
                    position.readAt(),
                    position.deliveredSeq(),
                    position.deliveredAt(),
                    position.marks(),
                    position.skipped());
        }
    }

    private final DeliveryReceipts deliveries;
    private final MemberPointers pointers;

    ReceiptController(DeliveryReceipts deliveries, MemberPointers pointers) {
        this.deliveries = deliveries;
        this.pointers = pointers;
    }

    @PostMapping("/deliveries")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> deliveries(@RequestBody JsonNode body) {
        Fields fields = Fields.of(body);
        List<Delivery> all = fields.objects("deliveries", MAX_DELIVERIES).stream()
                .map(ReceiptController::delivery)
                .toList();
        fields.verify();
        return deliveries.note(all);
    }

    private static Delivery delivery(Fields fields) {
        return new Delivery(
                fields.text("conversationId", 1, MAX_TEXT),
                fields.text("tenantId", 1, MAX_TEXT),
                fields.text("userId", 1, MAX_TEXT),
                fields.number("seq", 1, Long.MAX_VALUE),
                time(fields));
    }

    private static Instant time(Fields fields) {
        String text = fields.text("at", 1, MAX_TEXT);
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException noTime) {
            fields.reject("at", "format", "must be a time as in ISO 8601");
            return Instant.EPOCH;
        }
    }

    @GetMapping("/conversations/{conversationId}/pointers")
    Mono<PointersView> pointers(@PathVariable String conversationId) {
        return pointers.of(conversationId).map(PointersView::of);
    }
}
