package dev.parley.message.chatcore;

import dev.parley.message.edit.EditHistory;
import dev.parley.message.store.MessagePast.EarlierText;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows chat-core clients the texts that a message had before. */
@RestController
class EditHistoryController {

    /** @param editedAt when an edit replaced the text */
    record EarlierTextView(String text, Instant editedAt) {

        static EarlierTextView of(EarlierText earlier) {
            return new EarlierTextView(earlier.text(), earlier.replacedAt());
        }
    }

    private final EditHistory history;

    EditHistoryController(EditHistory history) {
        this.history = history;
    }

    @GetMapping("/api/v1/messages/{messageId}/edits")
    Mono<List<EarlierTextView>> edits(@PathVariable String messageId, Caller caller) {
        return history.of(caller, messageId)
                .map(texts -> texts.stream().map(EarlierTextView::of).toList());
    }
}
