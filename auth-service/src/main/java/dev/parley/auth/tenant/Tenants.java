package dev.parley.auth.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.auth.AuthError;
import dev.parley.auth.tenant.TenantSettings.RegistrationMode;
import dev.parley.platform.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The organisations that share this installation. Users of one never see those of another. */
@Component
public class Tenants {

    private static final String COLLECTION = "tenants";

    /** How many tenants are known to be stored, so that not every registration writes one. */
    private static final int MAX_REMEMBERED = 10_000;

    record Tenant(@Id String id, Instant createdAt) {}

    private final ReactiveMongoTemplate mongo;
    private final TenantSettings settings;
    private final RegistrationPolicy registrations;
    private final Clock clock;
    private final Cache<String, Boolean> stored =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    Tenants(ReactiveMongoTemplate mongo, TenantSettings settings, RegistrationPolicy registrations, Clock clock) {
        this.mongo = mongo;
        this.settings = settings;
        this.registrations = registrations;
        this.clock = clock;
    }

    /** The tenant of a registration or a sign-in that may name none. It is not checked: a tenant that does not exist has no accounts. */
    public String orDefault(@Nullable String tenantId) {
        return tenantId == null ? settings.defaultTenant() : tenantId;
    }

    /**
     * Makes sure that somebody may register with a tenant, and that the tenant is stored.
     *
     * @return fails with {@link AuthError#REGISTRATION_CLOSED} or {@link AuthError#UNKNOWN_TENANT}
     */
    public Mono<Void> admit(String tenantId) {
        return registrations
                .of(tenantId)
                .map(mode -> mode == RegistrationMode.OPEN ? store(tenantId) : closed(tenantId))
                .orElseGet(() -> mongo.exists(Query.query(Criteria.where("_id").is(tenantId)), COLLECTION)
                        .flatMap(exists -> exists ? closed(tenantId) : unknown(tenantId)));
    }

    private Mono<Void> store(String tenantId) {
        if (stored.getIfPresent(tenantId) != null) {
            return Mono.empty();
        }
        return mongo.insert(new Tenant(tenantId, clock.instant().truncatedTo(ChronoUnit.MILLIS)), COLLECTION)
                .then()
                .onErrorComplete(DuplicateKeyException.class)
                .doOnSuccess(done -> stored.put(tenantId, true));
    }

    private static Mono<Void> closed(String tenantId) {
        return Mono.error(ApiException.of(
                AuthError.REGISTRATION_CLOSED, "Nobody can register with tenant " + tenantId + " by themselves"));
    }

    private static Mono<Void> unknown(String tenantId) {
        return Mono.error(ApiException.of(AuthError.UNKNOWN_TENANT, "There is no tenant " + tenantId));
    }
}
