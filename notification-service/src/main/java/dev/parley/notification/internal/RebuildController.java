package dev.parley.notification.internal;

import dev.parley.notification.audience.RebuildState;
import dev.parley.notification.audience.RebuildStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets operators have everything copied again, and see how far that is. */
@RestController
@RequestMapping("/internal/platform/audience/rebuild")
class RebuildController {

    record RebuildView(
            String state,
            long conversations,
            long members,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        static RebuildView of(RebuildState state) {
            boolean isDone = state.phase() == RebuildState.Phase.DONE;
            return new RebuildView(
                    isDone ? "done" : "running",
                    state.conversations(),
                    state.members(),
                    state.startedAt(),
                    isDone ? state.finishedAt() : null);
        }
    }

    private final RebuildStore states;

    RebuildController(RebuildStore states) {
        this.states = states;
    }

    @PostMapping
    Mono<RebuildView> begin() {
        return states.restart().map(RebuildView::of);
    }

    @GetMapping
    Mono<RebuildView> state() {
        return states.read().map(RebuildView::of);
    }
}
