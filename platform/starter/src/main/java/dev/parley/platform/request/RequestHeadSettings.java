package dev.parley.platform.request;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may have in front of its body, at the gateway and at every service. {@code parley-defaults.yml} hands it to
 * the server.
 *
 * @param headers all headers together, those included that the gateway adds
 */
@ConfigurationProperties("parley.requests")
record RequestHeadSettings(@DefaultValue("16KB") DataSize headers) {

    RequestHeadSettings {
        SettingsCheck.of("parley.requests")
                .positive("headers", headers.toBytes())
                .require(headers.toBytes() <= Integer.MAX_VALUE, "headers", "must be less than 2 GB");
    }
}
