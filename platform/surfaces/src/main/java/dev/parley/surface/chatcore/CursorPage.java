package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a long list, with opaque cursors to what lies before and after it. Newest first. */
public record CursorPage<T>(List<T> data, Meta meta) {

    /**
     * @param nextCursor asks for what is older; null if there is nothing older
     * @param prevCursor asks for what is newer; null if this page is empty
     * @param hasMore whether there is more in the direction that was asked for
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Meta(
            @Nullable String nextCursor, @Nullable String prevCursor, boolean hasMore, int limit) {}
}
