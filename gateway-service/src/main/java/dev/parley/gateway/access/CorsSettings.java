package dev.parley.gateway.access;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which other sites' pages may use the platform (CORS).
 *
 * @param allowedOrigins such as {@code https://app.example.com}; none means only the gateway's own pages
 * @param allowedHeaders request headers that such a page may set
 * @param exposedHeaders response headers that it may read
 * @param maxAge how long a browser may remember the answer
 */
@ConfigurationProperties("parley.gateway.cors")
record CorsSettings(
        @DefaultValue List<String> allowedOrigins,

        @DefaultValue({
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-None-Match",
            "If-Range",
            "Range",
            "Tus-Resumable",
            "Upload-Checksum",
            "Upload-Length",
            "Upload-Metadata",
            "Upload-Offset",
            "X-HTTP-Method-Override",
            "X-Request-Id",
            "X-Requested-With",
            "X-SignalR-User-Agent",
            "X-Tenant-ID",
            "x-user-id"
        })
        List<String> allowedHeaders,

        @DefaultValue({
            "Accept-Ranges",
            "Content-Disposition",
            "Content-Length",
            "Content-Range",
            "ETag",
            "Location",
            "Retry-After",
            "Tus-Checksum-Algorithm",
            "Tus-Extension",
            "Tus-Max-Size",
            "Tus-Resumable",
            "Tus-Version",
            "Upload-Expires",
            "Upload-Length",
            "Upload-Location-Id",
            "Upload-Metadata",
            "Upload-Offset",
            "X-Request-Id"
        })
        List<String> exposedHeaders,

        @DefaultValue("1h") Duration maxAge) {

    CorsSettings {
        SettingsCheck.of("parley.gateway.cors").notNegative("max-age", maxAge);
    }
}
