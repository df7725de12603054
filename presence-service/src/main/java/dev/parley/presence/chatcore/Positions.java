package dev.parley.presence.chatcore;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.recovery.Timeline;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Tells all clients now and then where they stand: who hears of nothing for long would otherwise come back with an offset that
 * is too old to say what was missed.
 */
@Component
final class Positions implements DisposableBean {

    private final Namespace chat;
    private final Timeline timeline;
    private final Disposable telling;

    Positions(Namespace chat, Timeline timeline, PresenceSettings settings) {
        this.chat = chat;
        this.timeline = timeline;
        Duration interval = settings.recovery().positionInterval();
        this.telling = Schedulers.parallel()
                .schedulePeriodically(this::tell, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Left out for a client that reads slowly: nothing is lost with it. */
    private void tell() {
        timeline.standingStill(view -> chat.to(RoomNames.LISTENERS)
                .emit(Event.of("stream_position", Map.of())
                        .asDroppable()
                        .at(view.now().format())));
    }

    @Override
    public void destroy() {
        telling.dispose();
    }
}
