package dev.parley.notification.push;

import java.util.List;
import reactor.core.publisher.Mono;

/** Takes pushes, and sees to it that they are sent. */
public interface PushQueue {

    /** Adds pushes; those that were added before are left as they are. */
    Mono<Void> add(List<NewPush> pushes);

    /** Notes why pushes are not made; those that were added before are left as they are. */
    Mono<Void> suppressed(List<NewPush> pushes, Suppression why);
}
