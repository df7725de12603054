package dev.parley.notification.push;

import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceConversation;
import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.audience.Badges;
import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushContent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Everything around a push that a test of the delivery decides by itself. */
final class KnownPeople implements Devices, Audience, Badges, PushContents {

    static final String TENANT = "acme";
    static final String CONVERSATION = "conversation";

    final Map<String, AudienceMember> members = new ConcurrentHashMap<>();
    final Map<String, Device> devices = new ConcurrentHashMap<>();
    final List<String> retired = new CopyOnWriteArrayList<>();
    volatile String text = "hello";
    volatile @Nullable Suppression withheld;

    /** What comes before what a push says is known. */
    volatile Mono<Void> before = Mono.empty();

    /** Somebody who has one device and has read nothing. */
    NewPush someone(String userId, ProviderName provider) {
        reads(userId, 0);
        device(userId, provider);
        return push(userId, provider, "notice");
    }

    static NewPush push(String userId, ProviderName provider, String noticeId) {
        return new NewPush(noticeId, "message", TENANT, userId, "phone", provider, CONVERSATION, "message-7", 7);
    }

    void device(String userId, ProviderName provider) {
        devices.put(userId, device(userId, provider, "token-of-" + userId));
    }

    static Device device(String userId, ProviderName provider, String token) {
        return new Device(
                "phone",
                TENANT,
                userId,
                "session",
                "ios",
                new DeviceAddress(provider, token, null, null),
                null,
                Instant.now(),
                Instant.now());
    }

    void reads(String userId, long seq) {
        members.put(userId, new AudienceMember(CONVERSATION, userId, true, 1, seq, null));
    }

    @Override
    public Mono<Map<String, List<Device>>> ofUsers(String tenantId, Collection<String> userIds) {
        return Mono.fromCallable(() -> userIds.stream()
                .map(devices::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(Device::userId, List::of)));
    }

    @Override
    public Mono<Void> retire(Device device, String reason) {
        return Mono.fromRunnable(() -> {
            devices.remove(device.userId());
            retired.add(device.userId() + " " + reason);
        });
    }

    @Override
    public Mono<AudienceConversation> conversation(String conversationId) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<List<AudienceMember>> readers(String conversationId, @Nullable String afterUserId, int limit) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Map<String, AudienceMember>> members(String conversationId, Collection<String> userIds) {
        return Mono.fromCallable(() -> userIds.stream()
                .map(members::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(AudienceMember::userId, member -> member)));
    }

    @Override
    public Mono<Map<String, Long>> of(Collection<String> userIds) {
        return Mono.fromCallable(() -> userIds.stream().collect(Collectors.toMap(user -> user, user -> 3L)));
    }

    @Override
    public Mono<List<CurrentContent>> of(List<DuePush> pushes) {
        return before.then(
                Mono.fromCallable(() -> pushes.stream().map(this::current).toList()));
    }

    private CurrentContent current(DuePush due) {
        Suppression why = withheld;
        return why != null
                ? CurrentContent.withheld(why)
                : CurrentContent.told(
                        new PushContent(
                                due.push().type(),
                                due.push().tenantId(),
                                due.push().conversationId(),
                                due.push().messageId(),
                                "bob",
                                "Bob",
                                text,
                                due.badge(),
                                true,
                                due.push().conversationId(),
                                "/#/c/" + due.push().conversationId(),
                                Instant.now(),
                                false),
                        null);
    }
}
