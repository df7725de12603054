package dev.parley.notification.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.notification.model.ModelRules.Expected;
import dev.parley.notification.model.ModelTalk.Step;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service in a process of its own hears of conversations in which things happen by chance. Three events in ten come again, at
 * any later place. Four times it is started anew, twice after it was killed, in the middle of what it does. Then each push and each
 * suppression is what a model says, and each push came once; twice only what was being sent when the service was killed.
 *
 * <p>It tells of something when all of it is known: the hold lasts until the test ends it. So nothing depends on how quick the machine is.
 */
class ServiceModelTest {

    /** {@code -Dparley.events=100000} for the whole of it. */
    private static final int EVENTS = Integer.getInteger("parley.events", 2_000);

    /** The same seed makes the same happen. */
    private static final long SEED = Long.getLong("parley.seed", System.nanoTime());

    private static final String REPEAT = "-Dparley.events=" + EVENTS + " -Dparley.seed=" + SEED;

    /** After each but the last one the service is started anew while it tells of it. */
    private static final int WAVES = 4;

    private static final int EVENTS_OF_A_TALK = 30;
    private static final int SHOWN_DIFFERENCES = 20;
    private static final String DATABASE = "model";
    private static final Duration LONGEST = Duration.ofSeconds(240 + EVENTS / 50);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final EventCodec codec = new EventCodec(new JsonMapper(), "/parley/model");
    private final Deliveries deliveries = new Deliveries(codec, random);
    private final ModelPeople people = new ModelPeople(Math.max(48, EVENTS / 50));
    private final Map<ModelTalk, Map<String, Expected>> expected = new LinkedHashMap<>();
    private final Map<String, Integer> claimedAtKills = new HashMap<>();

    private ModelEvents events;
    private ModelStore store;
    private ModelWebhook webhook;
    private RestartedService service;

    @Test
    void endsWithThePushesAndSuppressionsOfTheModel() throws Exception {
        System.out.println("ServiceModelTest: " + REPEAT);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
                EmbeddedStore stored = EmbeddedStore.start(folder.resolve("store"), 0);
                ModelWebhook ownWebhook = new ModelWebhook();
                RestartedService ownService =
                        RestartedService.start(stored.uri() + DATABASE, broker.bootstrapServers(), ownWebhook.url());
                ModelStore ownStore = new ModelStore(stored.uri(), DATABASE);
                ModelEvents ownEvents = new ModelEvents(broker.bootstrapServers(), codec)) {
            webhook = ownWebhook;
            service = ownService;
            store = ownStore;
            events = ownEvents;
            people.register(service.port());
            tellOfAll();
            readMuch();
            compare();
        }
    }

    private void tellOfAll() throws Exception {
        events.publish(wave()).get();
        for (int wave = 1; wave <= WAVES; wave++) {
            int before = webhook.taken();
            long toTake = accepted() - before;
            await("everything is heard", events.heard());
            store.endHold();
            if (wave < WAVES) {
                List<PendingEvent> next = wave();
                awaitTaken(before + toTake / 4);
                CompletableFuture<Void> publication = events.publish(next);
                awaitTaken(before + toTake / 2);
                restart(wave % 2 == 1);
                publication.get();
            }
        }
        awaitNothing();
    }

    /** Other conversations each time. */
    private List<PendingEvent> wave() {
        List<List<Step>> steps = new ArrayList<>();
        for (int i = 0; i < Math.max(1, EVENTS / WAVES / EVENTS_OF_A_TALK); i++) {
            int size = random.nextInt(3) == 0 ? 2 : 5 + random.nextInt(4);
            ModelTalk talk = new ModelTalk("talk" + expected.size(), people.some(size, random), random);
            List<Step> ofTalk = new ArrayList<>(List.of(talk.begin()));
            while (ofTalk.size() < EVENTS_OF_A_TALK) {
                ofTalk.add(talk.next());
            }
            steps.add(ofTalk);
            expected.put(talk, talk.expected(people));
        }
        return deliveries.mixed(steps);
    }

    /** How many pushes are to be accepted. */
    private long accepted() {
        return expected.values().stream()
                .flatMap(pushes -> pushes.values().stream())
                .filter(Expected::isAccepted)
                .count();
    }

    /** After everything was told some read it, which takes it away from their devices. */
    private void readMuch() throws Exception {
        int before = webhook.taken();
        long acceptedBefore = accepted();
        List<List<Step>> reads = new ArrayList<>();
        expected.forEach((talk, pushes) -> reads.add(talk.readAll(people, pushes)));
        events.publish(deliveries.mixed(reads)).get();
        awaitTaken(before + (accepted() - acceptedBefore) / 3);
        restart(false);
        // What is still to come again.
        events.publish(deliveries.mixed(List.of())).get();
        await("everything is heard", events.heard());
        awaitNothing();
    }

    private void restart(boolean kill) throws Exception {
        service.requireAlive();
        if (kill) {
            service.kill();
            store.claimed().forEach(id -> claimedAtKills.merge(id, 1, Integer::sum));
            store.endLeases(Instant.now());
        } else {
            service.terminate();
            assertThat(store.claimedSince(service.startedAt()))
                    .as("pushes that a proper stop left claimed; " + REPEAT)
                    .isZero();
        }
        service.startAgain();
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what + "; " + REPEAT)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    service.requireAlive();
                    return condition.call();
                });
    }

    private void awaitNothing() {
        // What a killed one had asked the store for may have been done after its end.
        store.endLeases(service.startedAt());
        await("nothing waits", store::nothingWaits);
    }

    private void awaitTaken(long pushes) {
        await(pushes + " pushes are taken", () -> webhook.taken() >= pushes);
    }

    private void compare() {
        Map<String, Expected> model = new TreeMap<>();
        expected.values().forEach(model::putAll);
        Map<String, String> became = store.outcomes();
        System.out.println("ServiceModelTest: " + events.published() + " events, " + deliveries.again()
                + " of them came again; " + claimedAtKills.size() + " pushes were under way at kills; "
                + model.values().stream()
                        .collect(Collectors.groupingBy(Expected::outcome, TreeMap::new, Collectors.counting())));
        List<String> differences = new ArrayList<>();
        model.forEach((id, push) -> compare(id, push, became.get(id), differences));
        became.forEach((id, outcome) -> {
            if (!model.containsKey(id)) {
                differences.add(id + ": is " + outcome + ", is not in the model");
            }
        });
        webhook.bodies().keySet().stream()
                .filter(id -> !model.containsKey(id))
                .forEach(id -> differences.add(id + ": came, is not in the model"));
        assertThat(differences.stream().limit(SHOWN_DIFFERENCES))
                .as("the first of " + differences.size() + " differences, with " + REPEAT)
                .isEmpty();
    }

    private void compare(String id, Expected push, String became, List<String> differences) {
        String place = id + " (" + push.what() + "): ";
        if (!push.outcome().equals(became)) {
            differences.add(place + "is " + became + ", should be " + push.outcome());
        }
        List<String> bodies = webhook.bodies().getOrDefault(id, List.of());
        int least = push.isAccepted() ? 1 : 0;
        int most = push.isAccepted() ? 1 + claimedAtKills.getOrDefault(id, 0) : 0;
        if (bodies.size() < least || bodies.size() > most) {
            differences.add(place + "came " + bodies.size() + " times, should " + least + " to " + most + " times");
        }
        String text = push.text();
        if (text != null && !bodies.stream().allMatch(body -> body.contains(text))) {
            differences.add(place + "shows " + bodies + ", should show " + text);
        }
    }
}
