package dev.parley.presence.live;

import java.util.List;
import java.util.function.Consumer;

/** All that tell clients of something. One that fails does not keep the others from telling. */
final class Surfaces {

    private final List<Surface> all;
    private final Consumer<RuntimeException> onFailure;

    Surfaces(List<? extends Surface> all, Consumer<RuntimeException> onFailure) {
        this.all = List.copyOf(all);
        this.onFailure = onFailure;
    }

    void tell(Consumer<Surface> telling) {
        for (Surface surface : all) {
            try {
                telling.accept(surface);
            } catch (RuntimeException failure) {
                onFailure.accept(failure);
            }
        }
    }
}
