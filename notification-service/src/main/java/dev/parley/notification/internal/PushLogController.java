package dev.parley.notification.internal;

import dev.parley.notification.push.DeadLetterReplay;
import dev.parley.notification.push.DeadLetterReplay.Replayed;
import dev.parley.notification.push.PushLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells support what became of pushes, and has those sent again that could not be. */
@RestController
class PushLogController {

    record Pushes(List<PushLog.Entry> pushes) {}

    private final PushLog log;
    private final DeadLetterReplay replay;

    PushLogController(PushLog log, DeadLetterReplay replay) {
        this.log = log;
        this.replay = replay;
    }

    @GetMapping("/internal/platform/pushes")
    Mono<Pushes> pushes(@RequestParam String userId, @RequestParam(required = false) @Nullable String messageId) {
        return log.of(userId, messageId).collectList().map(Pushes::new);
    }

    @PostMapping("/internal/platform/pushes/replay")
    Mono<Replayed> replay() {
        return replay.replay();
    }
}
