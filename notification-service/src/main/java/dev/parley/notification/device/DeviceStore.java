package dev.parley.notification.device;

import dev.parley.notification.provider.DeviceAddress;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.store.Indexes;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Stores devices, one document for each. Two unique keys keep what must not be twice: a device of a tenant, and an address of a provider. A
 * device that can no longer be told anything is removed.
 */
@Component
class DeviceStore implements Devices {

    static final String COLLECTION = "devices";

    private static final String USER = "userId";
    private static final String SESSION = "sessionId";
    private static final String LAST_USED = "lastUsedAt";

    /** The same for the same address, and short enough for an index. */
    private static final String ADDRESS_KEY = "addressKey";

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final OptimisticUpdate UPDATE = new OptimisticUpdate(6, Duration.ofMillis(1), Duration.ofMillis(50));

    private final ReactiveMongoTemplate mongo;
    private final DeviceMetrics metrics;

    DeviceStore(ReactiveMongoTemplate mongo, DeviceMetrics metrics) {
        this.mongo = mongo;
        this.metrics = metrics;
    }

    /** Stores a device in place of what was stored of it, whoever had it, and takes its address from any other device. */
    Mono<Void> put(Device device) {
        return UPDATE.run(
                        removeOthersAt(device),
                        removed -> upsert(device)
                                .thenReturn(true)
                                .onErrorResume(DuplicateKeyException.class, taken -> Mono.empty()),
                        () -> ApiException.retryLater(
                                PlatformError.UNAVAILABLE, "Others register the same device now", TRY_AGAIN))
                .doOnNext(stored -> metrics.registered(device.address().provider()))
                .then();
    }

    private Mono<Long> removeOthersAt(Device device) {
        Query others = Query.query(Criteria.where(ADDRESS_KEY)
                .is(addressKey(device.address()))
                .and("_id")
                .ne(key(device.tenantId(), device.deviceId())));
        return remove(others, "moved");
    }

    private Mono<Void> upsert(Device device) {
        Update update = Update.update("deviceId", device.deviceId())
                .set("tenantId", device.tenantId())
                .set(USER, device.userId())
                .set(SESSION, device.sessionId())
                .set("platform", device.platform())
                .set("address", device.address())
                .set(ADDRESS_KEY, addressKey(device.address()))
                .set(LAST_USED, device.lastUsedAt())
                .setOnInsert("createdAt", device.createdAt());
        if (device.locale() == null) {
            update.unset("locale");
        } else {
            update.set("locale", device.locale());
        }
        return mongo.upsert(withKey(device.tenantId(), device.deviceId()), update, COLLECTION)
                .then();
    }

    /** Removes the devices of a user that are more than this many, those first that were not used for longest. */
    Mono<Void> keepNewest(String userId, int max) {
        Query surplus = Query.query(Criteria.where(USER).is(userId))
                .with(Sort.by(Direction.DESC, LAST_USED))
                .skip(max);
        return mongo.find(surplus, Device.class, COLLECTION)
                .concatMap(device -> remove(
                        withKey(device.tenantId(), device.deviceId())
                                .addCriteria(Criteria.where(LAST_USED).is(device.lastUsedAt())),
                        "too-many"))
                .then();
    }

    /** Removes a device of a user; nothing if the user has no such device. */
    Mono<Void> remove(String tenantId, String userId, String deviceId) {
        return remove(
                        withKey(tenantId, deviceId)
                                .addCriteria(Criteria.where(USER).is(userId)),
                        "removed")
                .then();
    }

    /** Removes the devices that were registered in a sign-in. */
    Mono<Void> removeOfSession(String sessionId) {
        return remove(Query.query(Criteria.where(SESSION).is(sessionId)), "signed-out")
                .then();
    }

    @Override
    public Mono<Map<String, List<Device>>> ofUsers(String tenantId, Collection<String> userIds) {
        Query query =
                Query.query(Criteria.where(USER).in(userIds).and("tenantId").is(tenantId));
        return mongo.find(query, Device.class, COLLECTION).collect(Collectors.groupingBy(Device::userId));
    }

    @Override
    public Mono<Void> retire(Device device, String reason) {
        Query unchanged = withKey(device.tenantId(), device.deviceId())
                .addCriteria(Criteria.where(ADDRESS_KEY).is(addressKey(device.address())));
        return remove(unchanged, "retired").then();
    }

    /** @return how many there were */
    private Mono<Long> remove(Query query, String reason) {
        return mongo.remove(query, COLLECTION).map(removed -> {
            metrics.removed(reason, removed.getDeletedCount());
            return removed.getDeletedCount();
        });
    }

    private static Query withKey(String tenantId, String deviceId) {
        return Query.query(Criteria.where("_id").is(key(tenantId, deviceId)));
    }

    private static String key(String tenantId, String deviceId) {
        return tenantId + '/' + deviceId;
    }

    private static String addressKey(DeviceAddress address) {
        return Fingerprint.of(address.provider().wireName(), address.token());
    }

    @Bean
    static Indexes deviceIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index(ADDRESS_KEY, Direction.ASC).unique().named("address"),
                new Index(USER, Direction.ASC).on(LAST_USED, Direction.DESC).named("ofUser"),
                new Index(SESSION, Direction.ASC).named("ofSession"));
    }
}
