package dev.parley.notification.notice;

import dev.parley.events.Event;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.id.Ids;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Events as they are read from their topic. */
final class Heard {

    private Heard() {}

    static List<ReceivedEvent> of(Event... events) {
        return Arrays.stream(events)
                .map(event -> new ReceivedEvent(Ids.next(), Instant.now(), event, 0, 0, 0))
                .toList();
    }
}
