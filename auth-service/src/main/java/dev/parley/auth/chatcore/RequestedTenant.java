package dev.parley.auth.chatcore;

import dev.parley.auth.tenant.Tenants;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.json.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Which tenant a request without a token is about: the body says it, else {@code X-Tenant-ID}, else it is the default one. */
@Component
final class RequestedTenant {

    private static final String HEADER = "X-Tenant-ID";
    private static final String FIELD = "tenantId";
    private static final int MAX_LENGTH = 64;

    private final Tenants tenants;

    RequestedTenant(Tenants tenants) {
        this.tenants = tenants;
    }

    /** @throws ApiException {@link PlatformError#HEADER_MISMATCH} if the tenant is named more than once, and not the same each time */
    String of(Fields body, HttpHeaders headers) {
        List<String> named = Stream.concat(
                        Stream.ofNullable(body.optionalText(FIELD, 1, MAX_LENGTH)),
                        headers.getOrEmpty(HEADER).stream().map(String::strip))
                .filter(tenant -> !tenant.isEmpty())
                .distinct()
                .toList();
        if (named.size() > 1) {
            throw ApiException.of(PlatformError.HEADER_MISMATCH, HEADER + " is not the tenant that is named elsewhere");
        }
        return tenants.orDefault(named.isEmpty() ? null : named.get(0));
    }
}
