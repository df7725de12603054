package dev.parley.notification.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an e-mail tells of. Nothing that was written is among it.
 *
 * @param language BCP 47; null if it is not known
 * @param messages how many are unread
 * @param conversations those that are listed
 * @param moreConversations how many there are beside those
 * @param unsubscribeLink the address that switches such e-mails off
 */
public record DigestFacts(
        @Nullable String language,
        long messages,
        List<Conversation> conversations,
        int moreConversations,
        String unsubscribeLink) {

    /**
     * A conversation with unread messages.
     *
     * @param name of a group; null if it has none
     * @param senders what those are called who wrote, the last one first; those of whom no name is known are left out
     * @param link the address that opens it
     */
    public record Conversation(
            boolean direct, @Nullable String name, List<String> senders, long messages, String link) {}
}
