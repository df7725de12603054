package dev.parley.message.internal;

import dev.parley.message.unprojected.UnprojectedEvents;
import dev.parley.platform.event.PendingEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells conversation-service what it may not have heard of yet. */
@RestController
class UnprojectedEventController {

    /** @param afterSeq the last message that is known of it */
    record KnownConversation(String conversationId, long afterSeq) {
        KnownConversation {
            Objects.requireNonNull(conversationId, "conversationId");
        }
    }

    /** @param userId for whom it is asked */
    record UnprojectedEventsRequest(String userId, List<KnownConversation> conversations) {
        UnprojectedEventsRequest {
            Objects.requireNonNull(userId, "userId");
            Objects.requireNonNull(conversations, "conversations");
        }
    }

    record UnprojectedEventsView(List<PendingEvent> events) {}

    private final UnprojectedEvents unprojectedEvents;

    UnprojectedEventController(UnprojectedEvents unprojectedEvents) {
        this.unprojectedEvents = unprojectedEvents;
    }

    @PostMapping("/internal/platform/events/recent")
    Mono<UnprojectedEventsView> recent(@RequestBody UnprojectedEventsRequest asked) {
        Map<String, Long> known = asked.conversations().stream()
                .collect(Collectors.toMap(KnownConversation::conversationId, KnownConversation::afterSeq, Math::max));
        return unprojectedEvents.of(asked.userId(), known).map(UnprojectedEventsView::new);
    }
}
