package dev.parley.gateway.limit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/**
 * How large what a client sends may be.
 *
 * @param body a request's body
 * @param upload a request's body that is {@code multipart/form-data}
 * @param socketFrame a WebSocket message
 * @param headers a request's headers together
 */
@ConfigurationProperties("parley.gateway.limits")
public record LimitSettings(
        @DefaultValue("1MB") DataSize body,
        @DefaultValue("10MB") DataSize upload,
        @DefaultValue("1MB") DataSize socketFrame,
        @DefaultValue("16KB") DataSize headers) {

    /** @return in bytes */
    long bodyOf(@Nullable MediaType type) {
        return (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type) ? upload : body).toBytes();
    }
}
