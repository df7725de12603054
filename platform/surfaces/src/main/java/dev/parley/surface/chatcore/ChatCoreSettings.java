package dev.parley.surface.chatcore;

import dev.parley.platform.settings.SettingsCheck;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where chat-core is served.
 *
 * @param prefixes of paths under which it is served as well as at the root; each begins with a slash and ends without one
 */
@ConfigurationProperties("parley.chatcore")
public record ChatCoreSettings(@DefaultValue("/chat-api") List<String> prefixes) {

    public ChatCoreSettings {
        SettingsCheck check = SettingsCheck.of("parley.chatcore");
        prefixes.forEach(prefix -> check.require(
                prefix.startsWith("/") && !prefix.endsWith("/"),
                "prefixes",
                "must begin with / and not end with it: " + prefix));
    }
}
