package dev.parley.presence.device;

/** Names a user among those of all tenants. */
public record UserKey(String tenantId, String userId) {

    /** The same as one text. */
    public String text() {
        return tenantId + "/" + userId;
    }
}
