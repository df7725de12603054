package dev.parley.auth.user;

import org.jspecify.annotations.Nullable;

/** A user before and after a change of the picture. */
public record NewAvatar(User before, User after) {

    /** The file that was the picture and is it no longer; null if there was none. */
    public @Nullable String replacedFileId() {
        String former = before.avatarFileId();
        return former == null || former.equals(after.avatarFileId()) ? null : former;
    }
}
