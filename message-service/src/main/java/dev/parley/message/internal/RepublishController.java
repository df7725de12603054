package dev.parley.message.internal;

import dev.parley.message.republish.RepublishMessages;
import dev.parley.message.republish.RepublishMessages.Place;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets operators have the events of messages published again, a portion at a time. */
@RestController
class RepublishController {

    private static final Pattern PLACE = Pattern.compile("(.+):(\\d{1,18})");

    /** @param next null after the last portion */
    record RepublishView(long messages, @Nullable String next) {}

    private final RepublishMessages republish;

    RepublishController(RepublishMessages republish) {
        this.republish = republish;
    }

    @PostMapping("/internal/platform/messages/republish")
    Mono<RepublishView> republish(@RequestParam Instant since, @RequestParam(required = false) @Nullable String after) {
        return republish
                .publish(since, after == null || after.isEmpty() ? Place.START : place(after))
                .map(done -> new RepublishView(done.messages(), text(done.next())));
    }

    private static Place place(String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw ApiException.of(PlatformError.INVALID_REQUEST, "after is the next of an earlier answer");
        }
        return new Place(place.group(1), Long.parseLong(place.group(2)));
    }

    private static @Nullable String text(@Nullable Place place) {
        return place == null ? null : place.conversationId() + ":" + place.seq();
    }
}
