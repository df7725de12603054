package dev.parley.auth.credential;

import dev.parley.auth.tenant.Tenants;
import dev.parley.platform.limit.SharedBuckets;
import dev.parley.platform.limit.TokenBucket;
import dev.parley.platform.limit.TokenBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Decides whether a registration may begin. It limits how many users register, by remote address and by tenant, and then asks whether the
 * tenant is open. The limit of a tenant is for floods that come from many addresses: it holds up others who want to register with that
 * tenant, but nobody who signs in, and no other tenant.
 */
@Component
class RegistrationAdmission {

    private static final String REFUSED = "parley.auth.registrations.refused";
    private static final String LIMIT = "limit";

    private final RegistrationLimitSettings settings;
    private final Tenants tenants;
    private final TokenBuckets buckets;
    private final Counter refusedByAddress;
    private final Counter refusedByTenant;

    RegistrationAdmission(
            RegistrationLimitSettings settings, SharedBuckets shared, Tenants tenants, MeterRegistry meters) {
        this.settings = settings;
        this.tenants = tenants;
        this.buckets = shared.buckets("registration", settings.maxTracked());
        this.refusedByAddress = refused(meters, "address");
        this.refusedByTenant = refused(meters, "tenant");
    }

    private static Counter refused(MeterRegistry meters, String limit) {
        return Counter.builder(REFUSED)
                .description("Registrations that a limit refused")
                .tag(LIMIT, limit)
                .register(meters);
    }

    /** @return fails if there were too many, with the time until the next one is accepted, and as {@link Tenants#admit} does */
    Mono<Void> admit(String tenantId, String address) {
        return Mono.defer(() -> {
            take(tenantId, address);
            return tenants.admit(tenantId);
        });
    }

    private void take(String tenantId, String address) {
        long now = System.nanoTime();
        TokenBucket ofAddress = buckets.of("address " + address, settings.addressPerSecond(), settings.addressBurst());
        TokenBucket ofTenant = buckets.of("tenant " + tenantId, settings.tenantPerSecond(), settings.tenantBurst());
        requireNone(ofAddress.take(now), refusedByAddress);
        Duration wait = ofTenant.take(now);
        if (!wait.isZero()) {
            ofAddress.giveBack();
        }
        requireNone(wait, refusedByTenant);
    }

    private static void requireNone(Duration wait, Counter refused) {
        if (!wait.isZero()) {
            refused.increment();
            throw TokenBuckets.refusal("Too many registrations: wait before the next", wait);
        }
    }
}
