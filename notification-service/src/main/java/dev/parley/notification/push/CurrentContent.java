package dev.parley.notification.push;

import dev.parley.notification.provider.PushContent;
import org.jspecify.annotations.Nullable;

/**
 * What a push says now.
 *
 * @param content null if it is not to be sent
 * @param withheld why it is not to be sent; null if it is
 * @param traceparent of what it tells of; null if that is in no trace
 */
public record CurrentContent(
        @Nullable PushContent content,
        @Nullable Suppression withheld,
        @Nullable String traceparent) {

    public static CurrentContent told(PushContent content, @Nullable String traceparent) {
        return new CurrentContent(content, null, traceparent);
    }

    public static CurrentContent withheld(Suppression why) {
        return new CurrentContent(null, why, null);
    }
}
