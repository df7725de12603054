package dev.parley.media.content;

import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at the content of an upload before it is confirmed. */
@Component
public final class ContentCheck {

    private final ContentRules rules;

    ContentCheck(ContentRules rules) {
        this.rules = rules;
    }

    /**
     * Checks a content against the type that was declared.
     *
     * @return the size of an image, where its head says it; fails as {@link ContentRules#check} does
     */
    public Mono<Optional<ImageSize>> check(String declared, ContentSample sample) {
        return Mono.fromCallable(() -> rules.check(declared, sample)).subscribeOn(Schedulers.boundedElastic());
    }
}
