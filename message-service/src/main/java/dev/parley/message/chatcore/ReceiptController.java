package dev.parley.message.chatcore;

import dev.parley.message.history.VisibleMessages;
import dev.parley.message.receipt.ReceiptLookup;
import dev.parley.message.receipt.Receipts;
import dev.parley.message.receipt.Receipts.Receipt;
import dev.parley.platform.identity.UserProfiles;
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
import tools.jackson.databind.node.ObjectNode;

/** Tells chat-core clients who got and who read a message. */
@RestController
class ReceiptController {

    /** @param user as {@code GET /users/{id}} shows it */
    record ReceiptView(ObjectNode user, @Nullable Instant at) {}

    record ReceiptsView(List<ReceiptView> readBy, List<ReceiptView> deliveredTo, List<ObjectNode> pending) {}

    private final VisibleMessages messages;
    private final ReceiptLookup lookup;
    private final UserProfiles users;

    ReceiptController(VisibleMessages messages, ReceiptLookup lookup, UserProfiles users) {
        this.messages = messages;
        this.lookup = lookup;
        this.users = users;
    }

    @GetMapping("/api/v1/messages/{messageId}/receipts")
    Mono<ReceiptsView> receipts(@PathVariable String messageId, Caller caller) {
        return messages.find(caller, messageId)
                .flatMap(found -> lookup.of(found.message()))
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

    private static ReceiptsView view(Receipts receipts, Map<String, ObjectNode> known) {
        return new ReceiptsView(
                views(receipts.readBy(), known),
                views(receipts.deliveredTo(), known),
                receipts.pending().stream()
                        .map(id -> UserProfiles.orUnknown(known, id))
                        .toList());
    }

    private static List<ReceiptView> views(List<Receipt> receipts, Map<String, ObjectNode> known) {
        return receipts.stream()
                .map(receipt -> new ReceiptView(UserProfiles.orUnknown(known, receipt.userId()), receipt.at()))
                .toList();
    }
}
