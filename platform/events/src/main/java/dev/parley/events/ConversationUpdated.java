package dev.parley.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What members see of a conversation, apart from its messages, was changed: its name, icon, settings, roles, or what one
 * member set for the conversation alone. Whoever shows it asks for it again. What counts and notifications depend on is
 * named, so that they follow without asking.
 *
 * @param userId the only member who sees a difference; null for all
 * @param releasedFileId a file that was the icon, and that nobody is shown any more; null for none, and from older versions
 * @param name the new name of a group; null if the name stays as it is
 * @param member what the member {@code userId} changed that notifications depend on; null for nothing of it
 */
public record ConversationUpdated(
        String conversationId,
        String tenantId,
        @Nullable String userId,
        @Nullable String releasedFileId,
        @Nullable String name,
        @Nullable MemberChange member)
        implements ConversationEvent {

    /**
     * What was changed for one member; null for what stays as it is. The changes of one membership come in the order in
     * which they were made.
     *
     * @param mute whether the member is notified
     * @param cleared up to where the member cleared the history
     * @param mayRead whether the membership permits reading
     */
    public record MemberChange(
            @Nullable Mute mute,
            @Nullable CountStart cleared,
            @Nullable Boolean mayRead) {}

    /** @param until up to when the conversation is muted; null if it is not muted any more */
    public record Mute(@Nullable Instant until) {}

    /** A change after which the icon is the same. */
    public ConversationUpdated(String conversationId, String tenantId, @Nullable String userId) {
        this(conversationId, tenantId, userId, null, null, null);
    }

    /** The member muted the conversation up to a time; null if it is not muted any more. */
    public static ConversationUpdated muted(
            String conversationId, String tenantId, String userId, @Nullable Instant until) {
        MemberChange muted = new MemberChange(new Mute(until), null, null);
        return new ConversationUpdated(conversationId, tenantId, userId, null, null, muted);
    }

    /** The member cleared the history. */
    public static ConversationUpdated cleared(String conversationId, String tenantId, String userId, CountStart upTo) {
        MemberChange cleared = new MemberChange(null, upTo, null);
        return new ConversationUpdated(conversationId, tenantId, userId, null, null, cleared);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationUpdated(this);
    }
}
