package dev.parley.presence.device;

/** Identifies a user among the users of all tenants. */
public record UserKey(String tenantId, String userId) {

    /** The key as one string. */
    public String text() {
        return tenantId + "/" + userId;
    }
}
