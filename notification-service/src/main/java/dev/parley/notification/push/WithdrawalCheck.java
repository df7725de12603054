package dev.parley.notification.push;

import dev.parley.notification.device.Device;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.push.PushCheck.Checked;
import dev.parley.notification.push.PushCheck.Sendable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Looks whether there is something on a device that a withdrawal takes away. One withdrawal takes away all that the device shows of the
 * conversation, so of several the others find nothing.
 */
@Component
class WithdrawalCheck {

    /** How long a withdrawal waits for a push that is being sent right now. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private final PushStore store;

    WithdrawalCheck(PushStore store) {
        this.store = store;
    }

    /** What a device shows, or is about to show, of what the user has read. */
    private record OnDevice(boolean shown, boolean underWay) {

        static OnDevice of(StoredPush withdrawal, List<StoredPush> pushes) {
            boolean shown = false;
            boolean underWay = false;
            for (StoredPush push : pushes) {
                if (push.seq() <= withdrawal.seq()) {
                    shown |= push.status() == PushStatus.ACCEPTED || push.status() == PushStatus.DELIVERED;
                    underWay |= push.isClaimed();
                }
            }
            return new OnDevice(shown, underWay);
        }
    }

    Mono<Checked> check(List<StoredPush> withdrawals, PushFacts facts) {
        if (withdrawals.isEmpty()) {
            return Mono.just(Checked.NOTHING);
        }
        Set<String> keys = withdrawals.stream()
                .map(each -> StoredPush.shownFor(each.userId(), each.conversationId()))
                .collect(Collectors.toSet());
        return store.shown(keys).collectList().map(shown -> check(withdrawals, facts, shown));
    }

    private static Checked check(List<StoredPush> withdrawals, PushFacts facts, List<StoredPush> shown) {
        List<Sendable> sendable = new ArrayList<>();
        List<PushResult> settled = new ArrayList<>();
        Map<String, List<StoredPush>> shownAt = shown.stream().collect(Collectors.groupingBy(WithdrawalCheck::place));
        Set<String> done = new HashSet<>();
        List<StoredPush> newestFirst = withdrawals.stream()
                .sorted(Comparator.comparingLong(StoredPush::seq).reversed())
                .toList();
        for (StoredPush withdrawal : newestFirst) {
            Device device = facts.device(withdrawal);
            String place = place(withdrawal);
            OnDevice onDevice = OnDevice.of(withdrawal, shownAt.getOrDefault(place, List.of()));
            if (device == null) {
                settled.add(PushResult.suppressed(withdrawal, Suppression.DEVICE_GONE));
            } else if (onDevice.underWay()) {
                settled.add(PushResult.givenBack(
                        withdrawal,
                        null,
                        device.address().provider(),
                        Instant.now().plus(UNDER_WAY)));
            } else if (!onDevice.shown() || !done.add(place)) {
                settled.add(PushResult.suppressed(withdrawal, Suppression.NOTHING_SHOWN));
            } else if (device.address().provider() != withdrawal.provider()) {
                settled.add(
                        PushResult.givenBack(withdrawal, null, device.address().provider(), Instant.now()));
            } else {
                sendable.add(new Sendable(withdrawal, device, content(withdrawal, facts.badge(withdrawal)), null));
            }
        }
        return new Checked(sendable, settled);
    }

    private static String place(StoredPush push) {
        return push.userId() + "/" + push.deviceId() + "/" + push.conversationId();
    }

    private static PushContent content(StoredPush withdrawal, long badge) {
        return new PushContent(
                withdrawal.type(),
                withdrawal.tenantId(),
                withdrawal.conversationId(),
                null,
                null,
                null,
                null,
                badge,
                false,
                withdrawal.conversationId(),
                null,
                withdrawal.createdAt(),
                true);
    }
}
