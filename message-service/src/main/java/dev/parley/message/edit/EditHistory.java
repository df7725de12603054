package dev.parley.message.edit;

import dev.parley.message.MessageError;
import dev.parley.message.history.VisibleMessage;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.store.MessagePast.EarlierText;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows the texts that a message had before, where its tenant lets members see them. */
@Component
public final class EditHistory {

    private final VisibleMessages messages;
    private final EditSettings settings;

    EditHistory(VisibleMessages messages, EditSettings settings) {
        this.messages = messages;
        this.settings = settings;
    }

    /**
     * The earlier texts that are kept, the newest first; for a former member, those that were replaced before leaving.
     *
     * @return fails as {@link VisibleMessages#find} does, or with {@link MessageError#EDITS_NOT_SHOWN}
     */
    public Mono<List<EarlierText>> of(Caller caller, String messageId) {
        return messages.find(caller, messageId).map(found -> {
            if (!settings.areShownIn(caller.tenantId())) {
                throw ApiException.of(MessageError.EDITS_NOT_SHOWN, "Earlier texts are not shown here");
            }
            return earlierTexts(found);
        });
    }

    private static List<EarlierText> earlierTexts(VisibleMessage found) {
        Instant upTo = Objects.requireNonNullElse(found.access().visible().asOf(), Instant.MAX);
        return found.message().earlierTexts(upTo);
    }
}
