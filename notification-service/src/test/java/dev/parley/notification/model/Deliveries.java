package dev.parley.notification.model;

import dev.parley.notification.model.ModelTalk.Step;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The order in which events are published: those of each conversation in theirs, and some again at a later place. An event that sets
 * something comes again only before the next one that sets the same, as an outbox and a broker keep to it.
 */
final class Deliveries {

    private static final double AGAIN = 0.3;

    /** Of those that come again, so many come when all that was there to tell has been told. */
    private static final double MUCH_LATER = 0.3;

    private record Placed(double place, PendingEvent event) {}

    private final EventCodec codec;
    private final Random random;
    private final List<PendingEvent> muchLater = new ArrayList<>();
    private int again;

    Deliveries(EventCodec codec, Random random) {
        this.codec = codec;
        this.random = random;
    }

    /** The events of conversations, mixed with each other and with some of before. */
    List<PendingEvent> mixed(List<List<Step>> talks) {
        List<Placed> placed = new ArrayList<>();
        muchLater.forEach(event -> placed.add(new Placed(random.nextDouble(), event)));
        muchLater.clear();
        talks.forEach(steps -> place(steps, placed));
        return placed.stream()
                .sorted(Comparator.comparingDouble(Placed::place))
                .map(Placed::event)
                .toList();
    }

    private void place(List<Step> steps, List<Placed> placed) {
        List<Double> places = random.doubles(steps.size()).sorted().boxed().toList();
        Map<Step, Double> overtakenAt = overtakenAt(steps, places);
        for (int i = 0; i < steps.size(); i++) {
            PendingEvent event = codec.pending(steps.get(i).event());
            placed.add(new Placed(places.get(i), event));
            if (random.nextDouble() >= AGAIN) {
                continue;
            }
            again++;
            Double limit = overtakenAt.get(steps.get(i));
            if (limit == null && random.nextDouble() < MUCH_LATER) {
                muchLater.add(event);
            } else {
                double end = limit == null ? 1 : limit;
                placed.add(new Placed(places.get(i) + random.nextDouble() * (end - places.get(i)), event));
            }
        }
    }

    /** Where the next event is that sets the same. */
    private static Map<Step, Double> overtakenAt(List<Step> steps, List<Double> places) {
        Map<Step, Double> overtakenAt = new IdentityHashMap<>();
        Map<String, Step> last = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.sets() != null) {
                Step before = last.put(step.sets(), step);
                if (before != null) {
                    overtakenAt.put(before, places.get(i));
                }
            }
        }
        return overtakenAt;
    }

    /** How many events have come, or will come, a second time. */
    int again() {
        return again;
    }
}
