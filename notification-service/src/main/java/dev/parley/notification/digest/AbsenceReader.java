package dev.parley.notification.digest;

import dev.parley.events.PreferencesChanged;
import dev.parley.events.PresenceChanged;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hears who wants e-mails, and when those who do were there. What comes again changes nothing. */
@Component
@Conditional(WithDigests.class)
class AbsenceReader {

    private static final int MAX_CONCURRENT = 8;

    private final AbsenceStore store;
    private final DigestSettings settings;

    AbsenceReader(AbsenceStore store, DigestSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** The newest event of each user is what the user has chosen. */
    Mono<Void> preferences(List<ReceivedEvent> batch) {
        Map<String, ReceivedEvent> newest = new HashMap<>();
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof PreferencesChanged changed) {
                newest.put(changed.userId(), event);
            }
        }
        return Flux.fromIterable(newest.values())
                .flatMap(event -> chosen((PreferencesChanged) event.data(), stored(event.time())), MAX_CONCURRENT)
                .then();
    }

    private Mono<Void> chosen(PreferencesChanged changed, Instant at) {
        PreferencesChanged.EmailDigest digest = changed.emailDigest();
        return digest == null || !digest.enabled()
                ? store.change(changed.userId(), absence -> absence.unwanted(Instant.now()))
                : store.changeOrCreate(
                        // Of before nothing is known: the choice may be an old one, and the user may have been there
                        // since.
                        Absence.of(changed.userId(), changed.tenantId(), stored(Instant.now())),
                        absence -> absence.wanted(digest.afterHours(), at, settings));
    }

    /** One look at the store for all users of a batch: of most of them nothing is kept. */
    Mono<Void> presence(List<ReceivedEvent> batch) {
        Map<String, Instant> seen = new HashMap<>();
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof PresenceChanged changed) {
                seen.merge(changed.userId(), stored(changed.at()), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return seen.isEmpty()
                ? Mono.empty()
                : store.of(seen.keySet())
                        .map(Absence::userId)
                        .collect(Collectors.toSet())
                        .flatMapMany(kept -> Flux.fromIterable(seen.entrySet())
                                .filter(user -> kept.contains(user.getKey()))
                                .flatMap(
                                        user -> store.change(
                                                user.getKey(), absence -> absence.seen(user.getValue(), settings)),
                                        MAX_CONCURRENT))
                        .then();
    }

    /** As the store gives it back. */
    private static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
