package dev.parley.notification.notice;

import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.notice.Audiences.Portion;
import dev.parley.notification.notice.NoticeStore.Progress;
import dev.parley.notification.push.NewPush;
import dev.parley.notification.push.PushQueue;
import dev.parley.notification.push.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings claimed notices to those who might be told: for each of them and each of their devices, a push is queued or it is noted why
 * there is none. Devices and preferences are asked for together, for many notices and members at once.
 */
@Component
class FanOut {

    private static final int QUESTIONS_AT_ONCE = 8;

    /** Members of all notices who are looked at together. */
    private static final int MAX_TOGETHER = 2_000;

    private final Audience audience;
    private final Devices devices;
    private final Recipients recipients;
    private final PushQueue pushes;
    private final Decisions decisions;

    FanOut(Audience audience, Devices devices, Recipients recipients, PushQueue pushes, Decisions decisions) {
        this.audience = audience;
        this.devices = devices;
        this.recipients = recipients;
        this.pushes = pushes;
        this.decisions = decisions;
    }

    /**
     * Brings each notice to the next of its members.
     *
     * @return how far each has come, when all its pushes are queued
     */
    Flux<List<Progress>> bring(List<Notice> notices, int recipientsAtOnce) {
        Audiences audiences = new Audiences(audience, recipientsAtOnce);
        return Flux.fromIterable(notices)
                .map(audiences::next)
                .collectList()
                .flatMapMany(questions -> Flux.mergeSequential(questions, QUESTIONS_AT_ONCE, 1))
                .collectList()
                .flatMapIterable(FanOut::groups)
                .concatMap(group -> bring(group).thenReturn(progress(group)));
    }

    private static List<List<Portion>> groups(List<Portion> portions) {
        List<List<Portion>> groups = new ArrayList<>();
        List<Portion> group = new ArrayList<>();
        int members = 0;
        for (Portion portion : portions) {
            if (members + portion.userIds().size() > MAX_TOGETHER && !group.isEmpty()) {
                groups.add(group);
                group = new ArrayList<>();
                members = 0;
            }
            group.add(portion);
            members += portion.userIds().size();
        }
        groups.add(group);
        return groups;
    }

    private static List<Progress> progress(List<Portion> portions) {
        return portions.stream()
                .map(portion -> new Progress(portion.notice(), portion.cursor()))
                .toList();
    }

    private Mono<Void> bring(List<Portion> portions) {
        return devicesOf(portions)
                .flatMap(found -> recipients.of(found.keySet()).map(known -> decide(portions, found, known)))
                .flatMap(this::queue);
    }

    /** By user id; those who have none, and so need no decision, are left out. */
    private Mono<Map<String, List<Device>>> devicesOf(List<Portion> portions) {
        Map<String, Set<String>> usersByTenant = new HashMap<>();
        portions.forEach(portion -> usersByTenant
                .computeIfAbsent(portion.notice().tenantId(), tenant -> new HashSet<>())
                .addAll(portion.userIds()));
        return Flux.fromIterable(usersByTenant.entrySet())
                .filter(tenant -> !tenant.getValue().isEmpty())
                .concatMap(tenant -> devices.ofUsers(tenant.getKey(), tenant.getValue()))
                .collect(HashMap::new, Map::putAll);
    }

    /** What is queued, and what is not by its reason. */
    private record Decided(List<NewPush> told, Map<Suppression, List<NewPush>> suppressed) {}

    private Decided decide(List<Portion> portions, Map<String, List<Device>> found, Recipients.Known known) {
        Instant now = Instant.now();
        Decided decided = new Decided(new ArrayList<>(), new EnumMap<>(Suppression.class));
        for (Portion portion : portions) {
            for (String userId : portion.userIds()) {
                List<Device> ofUser = found.getOrDefault(userId, List.of());
                if (!ofUser.isEmpty()) {
                    Decision decision = decide(portion, userId, known, now);
                    list(decided, decision.suppression())
                            .addAll(pushes(portion.notice(), decision.type(), neededUntil(portion, userId), ofUser));
                }
            }
        }
        return decided;
    }

    private Decision decide(Portion portion, String userId, Recipients.Known known, Instant now) {
        Notice notice = portion.notice();
        return decisions.of(
                notice,
                portion.direct(),
                known.recipient(userId, portion.members().get(userId), notice.conversationId()),
                now);
    }

    private static List<NewPush> list(Decided decided, @Nullable Suppression why) {
        return why == null ? decided.told() : decided.suppressed().computeIfAbsent(why, first -> new ArrayList<>());
    }

    /** What happens to a message that was read long ago is told until its recipient reads on. */
    private static long neededUntil(Portion portion, String userId) {
        long seq = portion.notice().seq();
        AudienceMember member = portion.members().get(userId);
        return member == null ? seq : Math.max(seq, member.readSeq() + 1);
    }

    private static List<NewPush> pushes(Notice notice, PushType type, long seq, List<Device> devices) {
        return devices.stream()
                .map(device -> new NewPush(
                        notice.id(),
                        type.wireName(),
                        notice.tenantId(),
                        device.userId(),
                        device.deviceId(),
                        device.address().provider(),
                        notice.conversationId(),
                        notice.messageId(),
                        seq))
                .toList();
    }

    private Mono<Void> queue(Decided decided) {
        Mono<Void> told = decided.told().isEmpty() ? Mono.empty() : pushes.add(decided.told());
        return told.thenMany(Flux.fromIterable(decided.suppressed().entrySet()))
                .concatMap(reason -> pushes.suppressed(reason.getValue(), reason.getKey()))
                .then();
    }
}
