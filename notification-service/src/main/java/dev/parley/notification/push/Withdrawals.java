package dev.parley.notification.push;

import dev.parley.events.ReceiptRead;
import dev.parley.notification.event.ConversationListener;
import dev.parley.notification.push.StoredPush.Waiting;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes away from a user's devices what the user has read elsewhere, and corrects the badges there. What was not sent yet needs
 * nothing: it is looked at once more before it is sent.
 */
@Component
@Order(ConversationListener.WITHDRAWALS)
final class Withdrawals implements ConversationListener {

    static final String TYPE = "read";

    /** Who reads on takes away once. */
    private static final Duration GATHER = Duration.ofMillis(500);

    private static final int AT_ONCE = 500;

    private final PushStore store;

    Withdrawals(PushStore store) {
        this.store = store;
    }

    @Override
    public Mono<Void> hear(List<ReceivedEvent> batch) {
        Map<String, Long> readUpTo = new HashMap<>();
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof ReceiptRead read) {
                readUpTo.merge(StoredPush.shownFor(read.userId(), read.conversationId()), read.seq(), Math::max);
            }
        }
        return readUpTo.isEmpty()
                ? Mono.empty()
                : store.shown(readUpTo.keySet())
                        .filter(push -> isShown(push) && push.seq() <= readUpTo.getOrDefault(key(push), 0L))
                        .buffer(AT_ONCE)
                        .concatMap(shown -> store.add(withdrawals(shown, readUpTo)))
                        .then();
    }

    /** One that is being sent now is shown in a moment. */
    private static boolean isShown(StoredPush push) {
        return push.status() != PushStatus.WAITING || push.isClaimed();
    }

    private static String key(StoredPush push) {
        return Objects.requireNonNull(push.shownFor());
    }

    private List<StoredPush> withdrawals(List<StoredPush> shown, Map<String, Long> readUpTo) {
        Map<String, StoredPush> byId = new HashMap<>();
        for (StoredPush push : shown) {
            StoredPush withdrawal = withdrawal(push, readUpTo.getOrDefault(key(push), 0L));
            byId.put(withdrawal.id(), withdrawal);
        }
        return new ArrayList<>(byId.values());
    }

    private StoredPush withdrawal(StoredPush shown, long readSeq) {
        Instant now = Instant.now();
        return new StoredPush(
                TYPE + "/" + shown.conversationId() + "/" + readSeq + "/" + shown.userId() + "/" + shown.deviceId(),
                PushKind.WITHDRAWAL,
                TYPE,
                null,
                shown.tenantId(),
                shown.userId(),
                shown.deviceId(),
                shown.provider(),
                shown.conversationId(),
                null,
                readSeq,
                PushStatus.WAITING,
                new Waiting(shown.provider(), now.plus(GATHER), null),
                null,
                0,
                null,
                null,
                null,
                now,
                null,
                store.expiry(now));
    }
}
