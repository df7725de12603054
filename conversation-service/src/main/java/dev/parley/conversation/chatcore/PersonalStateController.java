package dev.parley.conversation.chatcore;

import dev.parley.conversation.Membership.Personal;
import dev.parley.conversation.clear.ClearHistory;
import dev.parley.conversation.mute.MuteConversation;
import dev.parley.conversation.pin.PinConversation;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What chat-core clients set for themselves alone. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}")
@ResponseStatus(HttpStatus.NO_CONTENT)
class PersonalStateController {

    private static final int MAX_TIME = 64;

    private final MuteConversation muteConversation;
    private final PinConversation pinConversation;
    private final ClearHistory clearHistory;

    PersonalStateController(
            MuteConversation muteConversation, PinConversation pinConversation, ClearHistory clearHistory) {
        this.muteConversation = muteConversation;
        this.pinConversation = pinConversation;
        this.clearHistory = clearHistory;
    }

    @PostMapping("/mute")
    Mono<Void> mute(
            @PathVariable String conversationId,
            @RequestBody(required = false) @Nullable JsonNode body,
            Caller caller) {
        return muteConversation.mute(caller, conversationId, body == null ? null : mutedUntil(Fields.of(body)));
    }

    @DeleteMapping("/mute")
    Mono<Void> unmute(@PathVariable String conversationId, Caller caller) {
        return muteConversation.unmute(caller, conversationId);
    }

    @PostMapping("/pin")
    Mono<Void> pin(@PathVariable String conversationId, Caller caller) {
        return pinConversation.pin(caller, conversationId);
    }

    @DeleteMapping("/pin")
    Mono<Void> unpin(@PathVariable String conversationId, Caller caller) {
        return pinConversation.unpin(caller, conversationId);
    }

    @DeleteMapping("/messages")
    Mono<Void> clear(@PathVariable String conversationId, Caller caller) {
        return clearHistory.clear(caller, conversationId);
    }

    private static @Nullable Instant mutedUntil(Fields fields) {
        String text = fields.optionalText("mutedUntil", 1, MAX_TIME);
        Instant until = null;
        if (text != null) {
            try {
                until = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
                if (!until.isAfter(Instant.now()) || until.isAfter(Personal.FOREVER)) {
                    fields.reject("mutedUntil", "range", "must be in the future");
                }
            } catch (DateTimeException noTime) {
                fields.reject("mutedUntil", "format", "must be a time as in ISO 8601, such as 2030-01-31T12:00:00Z");
            }
        }
        fields.verify();
        return until;
    }
}
