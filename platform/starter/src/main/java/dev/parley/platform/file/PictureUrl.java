package dev.parley.platform.file;

import dev.parley.events.UserSummary;
import org.jspecify.annotations.Nullable;

/**
 * Where clients find the picture of somebody or something. A file of the platform has a signed address; a picture that somebody else keeps
 * has its own.
 */
public final class PictureUrl {

    private PictureUrl() {}

    /** @return null for who has no picture */
    public static @Nullable String of(UserSummary user, FileUrls urls) {
        return of(user.avatarFileId(), user.avatarUrl(), urls);
    }

    /**
     * @param fileId a file of the platform, which goes before the other
     * @param url of a picture that somebody else keeps
     * @return null for neither
     */
    public static @Nullable String of(@Nullable String fileId, @Nullable String url, FileUrls urls) {
        return fileId == null ? url : urls.ofPicture(fileId);
    }
}
