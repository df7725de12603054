package dev.parley.events;

/**
 * A sign-in was ended, by its user or for safety: whatever was opened with it is to be closed, and its tokens are refused. On
 * {@link Topics#SESSIONS}.
 */
public record SessionEnded(String userId, String tenantId, String sessionId) implements Event {

    @Override
    public String partitionKey() {
        return userId;
    }
}
