package dev.parley.presence.typing;

import dev.parley.events.TypingChanged;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import org.springframework.stereotype.Component;

/**
 * Remembers who is typing, as the nodes publish it, and shows it to the devices of this node. Used by the thread that reads
 * the events.
 */
@Component
public final class TypingNotifier {

    private final TypingUsers users;
    private final LiveSurfaces surfaces;
    private final FanoutScope scope;

    TypingNotifier(TypingUsers users, LiveSurfaces surfaces, FanoutScope scope) {
        this.users = users;
        this.surfaces = surfaces;
        this.scope = scope;
    }

    public void notify(TypingChanged event) {
        if (users.apply(event)) {
            show(event);
        }
    }

    /** Shows the end of the typing of users whose node died. To be called now and then. */
    public void endOverdue() {
        users.endOverdue().forEach(this::show);
    }

    private void show(TypingChanged event) {
        surfaces.render(
                () -> "who is typing", renderer -> renderer.typingChanged(event, EventContext.unrecorded(scope)));
    }
}
