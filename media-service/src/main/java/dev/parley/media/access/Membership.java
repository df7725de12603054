package dev.parley.media.access;

import dev.parley.media.MediaError;
import dev.parley.media.reference.FileReferences;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user may see and do in a conversation, as conversation-service answers it.
 *
 * @param windows the ranges of messages that the user may see
 * @param active whether the user is a member now
 * @param admin whether the user may delete what others wrote
 */
public record Membership(List<Window> windows, boolean active, boolean maySend, boolean admin) {

    /** @param toSeq null while the range has no end */
    record Window(long fromSeq, @Nullable Long toSeq) {}

    /** Whether the user sees every message to come. */
    boolean seesWhatComes() {
        return active && windows.stream().anyMatch(window -> window.toSeq() == null);
    }

    List<FileReferences.Range> ranges() {
        return windows.stream()
                .map(window -> new FileReferences.Range(
                        window.fromSeq(), window.toSeq() == null ? Long.MAX_VALUE : window.toSeq()))
                .toList();
    }

    /** @throws ApiException with {@link MediaError#NOT_A_MEMBER} or {@link PlatformError#FORBIDDEN} */
    public void requireMaySend() {
        if (!active) {
            throw ApiException.of(MediaError.NOT_A_MEMBER, "You are no longer in this conversation");
        }
        if (!maySend) {
            throw ApiException.of(PlatformError.FORBIDDEN, "You may not write in this conversation");
        }
    }
}
