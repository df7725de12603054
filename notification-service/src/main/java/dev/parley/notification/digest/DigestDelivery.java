package dev.parley.notification.digest;

import dev.parley.notification.digest.DigestMail.Mail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends an e-mail and notes what became of it. That it is begun is noted before: whoever finds that, and no outcome, knows that it may have
 * been sent, and does not send it again.
 */
@Component
@Conditional(WithDigests.class)
class DigestDelivery {

    private final AbsenceStore store;
    private final DigestMail mails;
    private final DigestMetrics metrics;
    private final DigestSettings settings;

    DigestDelivery(AbsenceStore store, DigestMail mails, DigestMetrics metrics, DigestSettings settings) {
        this.store = store;
        this.mails = mails;
        this.metrics = metrics;
        this.settings = settings;
    }

    /** Sends nothing if the absence was changed meanwhile. */
    Mono<Void> send(Absence absence, Mail mail) {
        Instant now = now();
        return store.write(absence, absence.begin(now, now.plus(settings.lease())))
                .flatMap(begun -> sendBegun(begun, mail));
    }

    private Mono<Void> sendBegun(Absence begun, Mail mail) {
        return mails.send(mail).flatMap(outcome -> {
            metrics.count(outcome.wireName());
            boolean last = outcome == MailOutcome.LATER && begun.tries() + 1 >= settings.maxTries();
            if (last) {
                metrics.count(DigestMetrics.GIVEN_UP);
            }
            // Who was there meanwhile has another absence now.
            return store.change(
                    begun.userId(),
                    current -> current.seenAt().equals(begun.seenAt()) ? after(current, outcome, last) : current);
        });
    }

    private Absence after(Absence absence, MailOutcome outcome, boolean last) {
        return switch (outcome) {
            case SENT -> absence.sent(now());
            case UNKNOWN -> absence.interrupted();
            case REFUSED -> absence.ended();
            case LATER ->
                last ? absence.ended() : absence.notTaken(now().plus(settings.delayAfter(absence.tries() + 1)));
        };
    }

    /** Of an e-mail that was begun, nobody noted what became of it. */
    Mono<Void> interrupted(Absence absence) {
        metrics.count(MailOutcome.UNKNOWN.wireName());
        return store.write(absence, absence.interrupted()).then();
    }

    /** There is no e-mail for this absence, and there will be none. */
    Mono<Void> giveUp(Absence absence, String reason) {
        metrics.count(reason);
        return store.write(absence, absence.ended()).then();
    }

    /** As the store gives it back. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
