package dev.parley.notification.digest;

import dev.parley.notification.audience.UnreadConversations;
import dev.parley.notification.preference.EmailDigest;
import dev.parley.notification.preference.StoredPreferences;
import dev.parley.notification.preference.UserPreferences;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks whether somebody who has been away for long enough gets an e-mail, by what is so at that time. */
@Component
@Conditional(WithDigests.class)
class DigestDecision {

    private final AbsenceStore store;
    private final StoredPreferences preferences;
    private final UnreadConversations unread;
    private final DigestComposition composition;
    private final DigestDelivery delivery;
    private final DigestSettings settings;

    DigestDecision(
            AbsenceStore store,
            StoredPreferences preferences,
            UnreadConversations unread,
            DigestComposition composition,
            DigestDelivery delivery,
            DigestSettings settings) {
        this.store = store;
        this.preferences = preferences;
        this.unread = unread;
        this.composition = composition;
        this.delivery = delivery;
        this.settings = settings;
    }

    /**
     * @param there whether the user has a device connected
     * @param address null if the tenant does not have the user
     */
    Mono<Void> look(Absence absence, boolean there, @Nullable String address) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (there) {
            return note(absence, absence.seen(now, settings));
        }
        if (absence.begunAt() != null) {
            return delivery.interrupted(absence);
        }
        if (address == null) {
            return delivery.giveUp(absence, DigestMetrics.NO_ADDRESS);
        }
        return preferences
                .of(absence.tenantId(), absence.userId())
                .defaultIfEmpty(UserPreferences.none(absence.tenantId(), absence.userId()))
                .flatMap(chosen -> look(absence, address, chosen, now));
    }

    private Mono<Void> look(Absence absence, String address, UserPreferences chosen, Instant now) {
        EmailDigest digest = chosen.emailDigest();
        if (digest == null || !digest.enabled()) {
            return note(absence, absence.unwanted(now));
        }
        Absence later = absence.dueAt(now.plus(settings.lookAgain()));
        if (!chosen.push().notificationsEnabled() || chosen.push().isQuiet(now)) {
            return note(absence, later);
        }
        return unread.of(absence.userId(), now, settings.maxConversations())
                .flatMap(found -> found.messages() == 0
                        ? note(absence, later)
                        : composition.write(absence, address, found).flatMap(mail -> delivery.send(absence, mail)));
    }

    /** If it was changed meanwhile, it is looked at by what it is then. */
    private Mono<Void> note(Absence before, Absence after) {
        return store.write(before, after).then();
    }
}
