package dev.parley.notification.event;

import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

/**
 * Hears of what happens in conversations. Each batch is heard by one listener after the other, in the order that {@link Order} gives
 * them, so that a later one finds in the store what an earlier one wrote of the same events. A batch that fails for one of
 * them comes again for all.
 */
public interface ConversationListener {

    /** Who is in the conversations and what they have read: all others decide by that. */
    int AUDIENCE = 0;

    /** What there is to tell. */
    int NOTICES = 100;

    /** What was told and is read by now. */
    int WITHDRAWALS = 200;

    Mono<Void> hear(List<ReceivedEvent> batch);
}
