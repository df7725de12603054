package dev.parley.notification.push;

import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.audience.Badges;
import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds what is known of those whom pushes are for. */
@Component
class PushFactsReader {

    private static final int QUESTIONS_AT_ONCE = 8;

    private final Devices devices;
    private final Audience audience;
    private final Badges badges;

    PushFactsReader(Devices devices, Audience audience, Badges badges) {
        this.devices = devices;
        this.audience = audience;
        this.badges = badges;
    }

    /** One question for each conversation and each tenant, whoever of them the pushes are for. */
    Mono<PushFacts> read(List<StoredPush> pushes) {
        Mono<Map<String, Map<String, AudienceMember>>> members = Flux.fromIterable(
                        usersBy(pushes, StoredPush::conversationId).entrySet())
                .flatMap(
                        conversation -> audience.members(conversation.getKey(), conversation.getValue())
                                .map(found -> Map.entry(conversation.getKey(), found)),
                        QUESTIONS_AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
        Mono<Map<String, List<Device>>> found = Flux.fromIterable(
                        usersBy(pushes, StoredPush::tenantId).entrySet())
                .flatMap(tenant -> devices.ofUsers(tenant.getKey(), tenant.getValue()), QUESTIONS_AT_ONCE)
                .collect(HashMap::new, Map::putAll);
        Set<String> users = pushes.stream().map(StoredPush::userId).collect(Collectors.toSet());
        return Mono.zip(members, found, badges.of(users))
                .map(facts -> new PushFacts(facts.getT1(), facts.getT2(), facts.getT3()));
    }

    private static Map<String, Set<String>> usersBy(List<StoredPush> pushes, Function<StoredPush, String> key) {
        return pushes.stream()
                .collect(Collectors.groupingBy(key, Collectors.mapping(StoredPush::userId, Collectors.toSet())));
    }
}
