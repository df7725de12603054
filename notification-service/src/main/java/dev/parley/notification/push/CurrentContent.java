package dev.parley.notification.push;

import dev.parley.notification.provider.PushContent;
import org.jspecify.annotations.Nullable;

/**
 * What a push says now.
 *
 * @param content null if it is not to be sent
 * @param withheld why it is not to be sent; null if it is
 */
public record CurrentContent(
        @Nullable PushContent content, @Nullable Suppression withheld) {

    public static CurrentContent told(PushContent content) {
        return new CurrentContent(content, null);
    }

    public static CurrentContent withheld(Suppression why) {
        return new CurrentContent(null, why);
    }
}
