package dev.parley.message.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.message.receipt.Deliveries;
import dev.parley.message.receipt.Receipts;
import dev.parley.message.receipt.Receipts.Receipt;
import dev.parley.message.timeline.VisibleMessages;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who got and who read a message, for chat-core clients. */
@RestController
class ReceiptController {

    record ReceiptView(UserSummary user, @Nullable Instant at) {}

    record ReceiptsView(List<ReceiptView> readBy, List<ReceiptView> deliveredTo, List<UserSummary> pending) {}

    private final VisibleMessages messages;
    private final Deliveries deliveries;
    private final UserDirectory users;

    ReceiptController(VisibleMessages messages, Deliveries deliveries, UserDirectory users) {
        this.messages = messages;
        this.deliveries = deliveries;
        this.users = users;
    }

    @GetMapping("/api/v1/messages/{messageId}/receipts")
    Mono<ReceiptsView> receipts(@PathVariable String messageId, Caller caller) {
        return messages.find(caller, messageId)
                .flatMap(found -> deliveries.of(found.message()))
                .flatMap(receipts -> users.find(named(receipts), caller).map(known -> view(receipts, known)));
    }

    private static Set<String> named(Receipts receipts) {
        return Stream.of(
                        receipts.readBy().stream().map(Receipt::userId),
                        receipts.deliveredTo().stream().map(Receipt::userId),
                        receipts.pending().stream())
                .flatMap(ids -> ids)
                .collect(Collectors.toSet());
    }

    private static ReceiptsView view(Receipts receipts, Map<String, UserSummary> known) {
        return new ReceiptsView(
                views(receipts.readBy(), known),
                views(receipts.deliveredTo(), known),
                receipts.pending().stream().map(id -> user(id, known)).toList());
    }

    private static List<ReceiptView> views(List<Receipt> receipts, Map<String, UserSummary> known) {
        return receipts.stream()
                .map(receipt -> new ReceiptView(user(receipt.userId(), known), receipt.at()))
                .toList();
    }

    private static UserSummary user(String id, Map<String, UserSummary> known) {
        return known.getOrDefault(id, UserDirectory.unknown(id));
    }
}
