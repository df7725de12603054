package dev.parley.presence.typing;

import dev.parley.events.TypingChanged;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import org.springframework.stereotype.Component;

/** Remembers who is typing, as the nodes publish it, and shows it to the devices of this node. */
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
        users.apply(event);
        surfaces.render(
                () -> "who is typing", renderer -> renderer.typingChanged(event, EventContext.unrecorded(scope)));
    }
}
