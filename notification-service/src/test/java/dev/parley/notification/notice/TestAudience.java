package dev.parley.notification.notice;

import dev.parley.events.ConversationKind;
import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceConversation;
import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.audience.OpenConversations;
import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.preference.Preferences;
import dev.parley.notification.preference.PushPreferences;
import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.push.NewPush;
import dev.parley.notification.push.PushQueue;
import dev.parley.notification.push.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Stands for what the fan-out asks and tells: members with their devices and wishes, and a queue that notes what it is given. */
final class TestAudience implements Audience {

    private final Map<String, NavigableMap<String, AudienceMember>> members = new HashMap<>();
    private final Map<String, List<Device>> devices = new HashMap<>();
    private final Map<String, PushPreferences> preferences = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<String, NewPush> told = new TreeMap<>();
    private final Map<Suppression, List<NewPush>> suppressed = new HashMap<>();
    private int asked;
    private int questions;

    synchronized void join(String conversationId, String userId) {
        members.computeIfAbsent(conversationId, first -> new TreeMap<>())
                .put(userId, new AudienceMember(conversationId, userId, true, 1, 0, null));
        if (!devices.containsKey(userId)) {
            device(userId, "phone");
        }
    }

    synchronized void device(String userId, String deviceId) {
        devices.computeIfAbsent(userId, first -> new ArrayList<>())
                .add(new Device(
                        deviceId,
                        FanOutTest.TENANT,
                        userId,
                        "session",
                        "ios",
                        new DeviceAddress(ProviderName.APNS, "token", null, null),
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    private synchronized void change(String conversationId, String userId, UnaryOperator<AudienceMember> change) {
        members.get(conversationId).computeIfPresent(userId, (id, member) -> change.apply(member));
    }

    void leave(String conversationId, String userId) {
        change(
                conversationId,
                userId,
                old -> new AudienceMember(
                        conversationId, userId, false, old.fromSeq(), old.readSeq(), old.mutedUntil()));
    }

    void read(String conversationId, String userId, long seq) {
        change(
                conversationId,
                userId,
                old -> new AudienceMember(conversationId, userId, old.reader(), old.fromSeq(), seq, old.mutedUntil()));
    }

    void mute(String conversationId, String userId, Instant until) {
        change(
                conversationId,
                userId,
                old -> new AudienceMember(conversationId, userId, old.reader(), old.fromSeq(), old.readSeq(), until));
    }

    synchronized void prefer(String userId, PushPreferences wanted) {
        preferences.put(userId, wanted);
    }

    synchronized void open(String userId, String conversationId) {
        open.add(userId + "/" + conversationId);
    }

    synchronized void fail(String conversationId, boolean fails) {
        if (fails) {
            failing.add(conversationId);
        } else {
            failing.remove(conversationId);
        }
    }

    @Override
    public synchronized Mono<AudienceConversation> conversation(String conversationId) {
        return Mono.just(new AudienceConversation(conversationId, FanOutTest.TENANT, ConversationKind.GROUP, "Team"));
    }

    @Override
    public synchronized Mono<List<AudienceMember>> readers(
            String conversationId, @Nullable String afterUserId, int limit) {
        if (failing.contains(conversationId)) {
            return Mono.error(new IllegalStateException("The store is away"));
        }
        NavigableMap<String, AudienceMember> all = members.getOrDefault(conversationId, new TreeMap<>());
        return Mono.just(List.copyOf((afterUserId == null ? all : all.tailMap(afterUserId, false))
                .values().stream().filter(AudienceMember::reader).limit(limit).toList()));
    }

    @Override
    public synchronized Mono<Map<String, AudienceMember>> members(String conversationId, Collection<String> userIds) {
        Map<String, AudienceMember> found = new HashMap<>(members.getOrDefault(conversationId, new TreeMap<>()));
        found.keySet().retainAll(userIds);
        return Mono.just(found);
    }

    Devices devices() {
        return new Devices() {
            @Override
            public Mono<Map<String, List<Device>>> ofUsers(String tenantId, Collection<String> userIds) {
                synchronized (TestAudience.this) {
                    questions++;
                    Map<String, List<Device>> found = new HashMap<>(devices);
                    found.keySet().retainAll(userIds);
                    return Mono.just(found);
                }
            }

            @Override
            public Mono<Void> retire(Device device, String reason) {
                return Mono.error(new IllegalStateException("No device ends here"));
            }
        };
    }

    Preferences preferences() {
        return userIds -> {
            Map<String, PushPreferences> found = new HashMap<>();
            synchronized (this) {
                userIds.forEach(id -> found.put(id, preferences.getOrDefault(id, PushPreferences.DEFAULTS)));
            }
            return Mono.just(found);
        };
    }

    OpenConversations open() {
        return (userId, conversationId) -> open.contains(userId + "/" + conversationId);
    }

    /** Like the real one, it leaves alone what was added before. */
    PushQueue queue() {
        return new PushQueue() {
            @Override
            public Mono<Void> add(List<NewPush> pushes) {
                return Mono.fromRunnable(() -> {
                    synchronized (TestAudience.this) {
                        asked += pushes.size();
                        pushes.forEach(push -> told.putIfAbsent(push.id(), push));
                    }
                });
            }

            @Override
            public Mono<Void> suppressed(List<NewPush> pushes, Suppression why) {
                return Mono.fromRunnable(() -> {
                    synchronized (TestAudience.this) {
                        asked += pushes.size();
                        suppressed
                                .computeIfAbsent(why, first -> new ArrayList<>())
                                .addAll(pushes);
                    }
                });
            }
        };
    }

    synchronized List<NewPush> told() {
        return List.copyOf(told.values());
    }

    List<String> toldUsers() {
        return told().stream().map(NewPush::userId).toList();
    }

    synchronized List<NewPush> suppressed(Suppression why) {
        return List.copyOf(suppressed.getOrDefault(why, List.of()));
    }

    /** How many pushes were told or suppressed, with repetitions. */
    synchronized int asked() {
        return asked;
    }

    /** How often devices were asked for. */
    synchronized int questions() {
        return questions;
    }
}
