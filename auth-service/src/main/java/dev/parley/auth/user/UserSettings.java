package dev.parley.auth.user;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Searching users.
 *
 * @param maxFound how many users a search finds at most; they are sorted in memory
 */
@ConfigurationProperties("parley.auth.users")
record UserSettings(@DefaultValue("1000") int maxFound) {

    UserSettings {
        Assert.isTrue(maxFound > 0, "parley.auth.users.max-found must be positive");
    }
}
