package dev.parley.notification.digest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at users who have been away for long enough, those of a tenant together. Of whom something cannot be found out is looked at again
 * when the lease ends.
 */
@Component
@Conditional(WithDigests.class)
class DigestSending {

    private static final Logger log = LoggerFactory.getLogger(DigestSending.class);

    private final DigestPeople others;
    private final DigestDecision decision;
    private final DigestDelivery delivery;
    private final DigestTenants tenants;
    private final DigestSettings settings;

    DigestSending(
            DigestPeople others,
            DigestDecision decision,
            DigestDelivery delivery,
            DigestTenants tenants,
            DigestSettings settings) {
        this.others = others;
        this.decision = decision;
        this.delivery = delivery;
        this.tenants = tenants;
        this.settings = settings;
    }

    /** Never fails. */
    Mono<Void> send(List<Absence> claimed) {
        Map<String, List<Absence>> byTenant = claimed.stream().collect(Collectors.groupingBy(Absence::tenantId));
        return Flux.fromIterable(byTenant.entrySet())
                .concatMap(
                        tenant -> ofTenant(tenant.getKey(), tenant.getValue()).onErrorResume(DigestSending::later))
                .then();
    }

    private Mono<Void> ofTenant(String tenantId, List<Absence> absences) {
        if (!tenants.areSentIn(tenantId)) {
            return Flux.fromIterable(absences)
                    .concatMap(absence -> delivery.giveUp(absence, DigestMetrics.TENANT_OFF))
                    .then();
        }
        List<String> userIds = absences.stream().map(Absence::userId).toList();
        return Mono.zip(others.there(tenantId, userIds), others.addresses(tenantId, userIds))
                .flatMap(known -> ofTenant(absences, known.getT1(), known.getT2()));
    }

    private Mono<Void> ofTenant(List<Absence> absences, Set<String> there, Map<String, String> addresses) {
        return Flux.fromIterable(absences)
                .flatMap(
                        absence -> decision.look(
                                        absence, there.contains(absence.userId()), addresses.get(absence.userId()))
                                .onErrorResume(DigestSending::later),
                        settings.threads())
                .then();
    }

    private static Mono<Void> later(Throwable failure) {
        log.warn("An e-mail about unread messages has to wait: {}", failure.toString());
        return Mono.empty();
    }
}
