package dev.parley.notification.push;

import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceConversation;
import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.audience.Badges;
import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/**
 * An instance that sends pushes from a store until it is killed. Who has read, left or lost a device follows from the number in a
 * user's name, so that a test knows what must become of each push.
 */
final class KilledDelivery {

    static final Duration LEASE = Duration.ofSeconds(9);
    static final int BATCH = 25;

    private KilledDelivery() {}

    /** The model: what must become of the push for a user. */
    static @Nullable Suppression expected(int user) {
        return switch (user % 20) {
            case 3 -> Suppression.READ;
            case 7 -> Suppression.DEVICE_GONE;
            case 11 -> Suppression.NOT_A_MEMBER;
            case 13 -> Suppression.DELETED;
            default -> null;
        };
    }

    static int number(String userId) {
        return Integer.parseInt(userId.substring("user-".length()));
    }

    /** @param args the store, the database, and the address to which pushes go */
    public static void main(String[] args) throws Exception {
        ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(MongoClients.create(args[0]), args[1]);
        PushStore store = PushKillTest.store(mongo);
        PushMetrics metrics = new PushMetrics(new SimpleMeterRegistry());
        Modelled people = new Modelled();
        DeliverySettings settings = new DeliverySettings(
                2,
                10_000,
                Map.of(),
                Duration.ofSeconds(3),
                LEASE,
                100,
                Duration.ofHours(1),
                Duration.ofMillis(10),
                Duration.ofMillis(40),
                Duration.ofMillis(50),
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                1_000);
        BreakerSettings breaker = new BreakerSettings(20, 20, 100, Duration.ofMillis(200), 1);
        PushCheck check =
                new PushCheck(new PushFactsReader(people, people, people), new WithdrawalCheck(store), people);
        new PushDelivery(
                        new ProviderDeliveries(
                                List.of(new Posting(args[2])),
                                store,
                                check,
                                people,
                                settings,
                                breaker,
                                new RetryDelays(settings, breaker),
                                metrics,
                                new SimpleMeterRegistry(),
                                Tracing.off()),
                        store,
                        new PushWakeups(),
                        settings,
                        metrics)
                .start();
        while (System.in.read() >= 0) {
            // until the parent ends
        }
    }

    /** Posts the ids of a batch. */
    private record Posting(String url) implements PushProvider {

        @Override
        public ProviderName name() {
            return ProviderName.WEBHOOK;
        }

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public int maxBatch() {
            return BATCH;
        }

        @Override
        public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
            String ids =
                    String.join("\n", pushes.stream().map(PushRequest::pushId).toList());
            return HttpClient.create()
                    .post()
                    .uri(url)
                    .send(ByteBufFlux.fromString(Mono.just(ids)))
                    .responseSingle((answer, body) -> body.asString().defaultIfEmpty(""))
                    .map(taken -> pushes.stream()
                            .<PushOutcome>map(push -> new PushOutcome.Accepted(null))
                            .toList());
        }
    }

    private static final class Modelled implements Devices, Audience, Badges, PushContents {

        private final KnownPeople people = new KnownPeople();

        @Override
        public Mono<Map<String, List<Device>>> ofUsers(String tenantId, Collection<String> userIds) {
            Map<String, List<Device>> found = new HashMap<>();
            for (String user : userIds) {
                if (expected(number(user)) != Suppression.DEVICE_GONE) {
                    found.put(user, List.of(KnownPeople.device(user, ProviderName.WEBHOOK, "token")));
                }
            }
            return Mono.just(found);
        }

        @Override
        public Mono<Map<String, AudienceMember>> members(String conversationId, Collection<String> userIds) {
            Map<String, AudienceMember> found = new HashMap<>();
            for (String user : userIds) {
                Suppression expected = expected(number(user));
                if (expected != Suppression.NOT_A_MEMBER) {
                    long readSeq = expected == Suppression.READ ? 7 : 0;
                    found.put(user, new AudienceMember(conversationId, user, true, 1, readSeq, null));
                }
            }
            return Mono.just(found);
        }

        @Override
        public Mono<List<CurrentContent>> of(List<DuePush> pushes) {
            List<Mono<List<CurrentContent>>> contents = new ArrayList<>();
            for (DuePush push : pushes) {
                boolean deleted = expected(number(push.push().userId())) == Suppression.DELETED;
                contents.add(
                        deleted
                                ? Mono.just(List.of(CurrentContent.withheld(Suppression.DELETED)))
                                : people.of(List.of(push)));
            }
            return Mono.zip(contents, all -> {
                List<CurrentContent> current = new ArrayList<>();
                for (Object one : all) {
                    ((List<?>) one).forEach(each -> current.add((CurrentContent) each));
                }
                return current;
            });
        }

        @Override
        public Mono<Map<String, Long>> of(Collection<String> userIds) {
            return people.of(userIds);
        }

        @Override
        public Mono<Void> retire(Device device, String reason) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<AudienceConversation> conversation(String conversationId) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<List<AudienceMember>> readers(String conversationId, @Nullable String afterUserId, int limit) {
            return Mono.error(new UnsupportedOperationException());
        }
    }
}
