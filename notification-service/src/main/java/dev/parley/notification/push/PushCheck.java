package dev.parley.notification.push;

import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.device.Device;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.push.PushContents.DuePush;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Looks once more at pushes that are about to be sent: whether the device is still there, whether its user may still see the
 * message and has not read on, and what it says now. All pushes of a batch are looked at together.
 */
@Component
class PushCheck {

    /**
     * A push that may be sent, and what it says.
     *
     * @param traceparent of what it tells of; null if that is in no trace
     */
    record Sendable(
            StoredPush push,
            Device device,
            PushContent content,
            @Nullable String traceparent) {}

    /**
     * @param sendable what is to be sent
     * @param settled what is not, each with why
     */
    record Checked(List<Sendable> sendable, List<PushResult> settled) {

        static final Checked NOTHING = new Checked(List.of(), List.of());

        Checked and(Checked more) {
            return new Checked(joined(sendable, more.sendable), joined(settled, more.settled));
        }

        private static <T> List<T> joined(List<T> one, List<T> other) {
            return Stream.concat(one.stream(), other.stream()).toList();
        }
    }

    private final PushFactsReader reader;
    private final WithdrawalCheck withdrawals;
    private final PushContents contents;

    PushCheck(PushFactsReader reader, WithdrawalCheck withdrawals, PushContents contents) {
        this.reader = reader;
        this.withdrawals = withdrawals;
        this.contents = contents;
    }

    Mono<Checked> check(List<StoredPush> pushes) {
        Map<Boolean, List<StoredPush>> byKind =
                pushes.stream().collect(Collectors.partitioningBy(StoredPush::isWithdrawal));
        return reader.read(pushes)
                .flatMap(facts -> Mono.zip(
                        alerts(byKind.getOrDefault(false, List.of()), facts),
                        withdrawals.check(byKind.getOrDefault(true, List.of()), facts),
                        Checked::and));
    }

    private Mono<Checked> alerts(List<StoredPush> pushes, PushFacts facts) {
        List<PushResult> settled = new ArrayList<>();
        List<StoredPush> left = new ArrayList<>();
        List<DuePush> due = new ArrayList<>();
        for (StoredPush push : pushes) {
            Device device = facts.device(push);
            AudienceMember member = facts.member(push);
            if (device == null) {
                settled.add(PushResult.suppressed(push, Suppression.DEVICE_GONE));
            } else if (device.address().provider() != push.provider()) {
                settled.add(PushResult.givenBack(push, null, device.address().provider(), push.createdAt()));
            } else if (member == null || !member.reader()) {
                settled.add(PushResult.suppressed(push, Suppression.NOT_A_MEMBER));
            } else if (member.hasRead(push.seq())) {
                settled.add(PushResult.suppressed(push, Suppression.READ));
            } else {
                left.add(push);
                due.add(new DuePush(push.push(), device, member, facts.badge(push)));
            }
        }
        return due.isEmpty()
                ? Mono.just(new Checked(List.of(), settled))
                : contents.of(due).map(current -> checked(left, due, current, settled));
    }

    private static Checked checked(
            List<StoredPush> left, List<DuePush> due, List<CurrentContent> current, List<PushResult> settled) {
        List<Sendable> sendable = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            PushContent content = current.get(i).content();
            Suppression withheld = current.get(i).withheld();
            if (content != null) {
                sendable.add(new Sendable(
                        left.get(i),
                        due.get(i).device(),
                        content,
                        current.get(i).traceparent()));
            } else {
                settled.add(PushResult.suppressed(left.get(i), withheld == null ? Suppression.DELETED : withheld));
            }
        }
        return new Checked(sendable, settled);
    }
}
