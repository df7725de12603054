package dev.parley.presence.surface;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** All surfaces of this node. */
@Component
public final class LiveSurfaces {

    private static final Logger log = LoggerFactory.getLogger(LiveSurfaces.class);

    private final List<LiveSurface> all;
    private final List<EventRenderer> renderers;

    public LiveSurfaces(List<LiveSurface> all) {
        this.all = List.copyOf(all);
        this.renderers =
                all.stream().flatMap(surface -> surface.renderers().stream()).toList();
    }

    public List<LiveSurface> all() {
        return all;
    }

    public List<EventRenderer> renderers() {
        return renderers;
    }

    /**
     * Calls every renderer. A renderer that fails does not stop the others; the failure is logged.
     *
     * @param what is rendered, in words for the log
     */
    public void render(Supplier<String> what, Consumer<EventRenderer> rendering) {
        for (EventRenderer renderer : renderers) {
            try {
                rendering.accept(renderer);
            } catch (RuntimeException failure) {
                log.error("Could not send some devices {}", what.get(), failure);
            }
        }
    }
}
