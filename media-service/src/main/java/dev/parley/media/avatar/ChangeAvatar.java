package dev.parley.media.avatar;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.fetch.FetchLimits;
import dev.parley.platform.fetch.Fetched;
import dev.parley.platform.fetch.SafeFetch;
import dev.parley.platform.security.Caller;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Gives users avatars. The file is kept before auth-service knows it, so a crash leaves a file that nobody needs, and never a user whose file is
 * gone. The replaced file is deleted afterwards. The same picture again changes nothing.
 */
@Component
public final class ChangeAvatar {

    private static final Logger log = LoggerFactory.getLogger(ChangeAvatar.class);
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp");
    private static final Pattern DATA_URI = Pattern.compile("(?i)^data:[^,]{0,200};base64,");

    private final AvatarSettings settings;
    private final AvatarFiles files;
    private final UserPictures users;
    private final SafeFetch fetch;

    ChangeAvatar(AvatarSettings settings, AvatarFiles files, UserPictures users, SafeFetch fetch) {
        this.settings = settings;
        this.files = files;
        this.users = users;
        this.fetch = fetch;
    }

    /** Bytes of a picture that an avatar is made of. */
    public long maxSize() {
        return settings.maxSize().toBytes();
    }

    /** @throws ApiException with {@link PlatformError#FORBIDDEN} where the users come from another system, which knows their pictures */
    public void requireUploads() {
        if (!settings.mayUpload()) {
            throw ApiException.of(PlatformError.FORBIDDEN, "Avatars are those of the system that the users come from");
        }
    }

    /**
     * @return the id of the avatar; fails with {@link MediaError#TOO_LARGE}, and as {@link AvatarFiles#of} and auth-service do
     */
    public Mono<String> to(Caller user, byte[] picture) {
        return picture.length > maxSize()
                ? Mono.error(tooLarge())
                : files.of(user, picture).flatMap(id -> users.change(user, id)
                        .flatMap(replaced -> release(replaced))
                        .thenReturn(id));
    }

    /** The avatar is the user's by now. A file that stays behind is better than an error. */
    private Mono<Void> release(String fileId) {
        return files.release(fileId).onErrorResume(failure -> {
            log.warn("The replaced avatar {} is not deleted", fileId, failure);
            return Mono.empty();
        });
    }

    /** @param address of the picture; fails also as {@link SafeFetch#get} does */
    public Mono<String> toPictureAt(Caller user, String address) {
        FetchLimits limits = new FetchLimits(maxSize(), TYPES, MediaError.TOO_LARGE, MediaError.TYPE_NOT_ALLOWED);
        return fetch.get(address, limits).map(Fetched::content).flatMap(picture -> to(user, picture));
    }

    /** @param picture in Base64, alone or as a data URI (RFC 2397) */
    public Mono<String> toEncoded(Caller user, String picture) {
        return Mono.fromCallable(() -> decoded(picture)).flatMap(bytes -> to(user, bytes));
    }

    private byte[] decoded(String picture) {
        String encoded = DATA_URI.matcher(picture).replaceFirst("");
        if (encoded.length() / 4 * 3 > maxSize() + 3) {
            throw tooLarge();
        }
        try {
            return Base64.getMimeDecoder().decode(encoded);
        } catch (IllegalArgumentException notBase64) {
            throw ApiException.of(MediaError.TYPE_MISMATCH, "The picture is not in Base64");
        }
    }

    private ApiException tooLarge() {
        return ApiException.of(MediaError.TOO_LARGE, "A picture may have at most " + maxSize() + " bytes");
    }
}
