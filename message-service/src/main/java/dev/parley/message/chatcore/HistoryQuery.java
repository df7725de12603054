package dev.parley.message.chatcore;

import dev.parley.message.history.MessageHistory.Direction;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.surface.chatcore.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which messages of a conversation a client asks for.
 *
 * @param around the id of the message in the middle; null to read in one direction
 * @param known the {@code seq} of a message that the client has already, from a cursor or as such; null for none
 */
record HistoryQuery(@Nullable String around, @Nullable Long known, Direction direction, int limit) {

    private static final int MAX_ID = 128;
    private static final Pattern SEQ = Pattern.compile("\\d{1,18}");

    private static final int DEFAULT_LIMIT = 50;

    static HistoryQuery of(MultiValueMap<String, String> query) {
        List<FieldError> errors = new ArrayList<>();
        int limit = PageQuery.limit(query, DEFAULT_LIMIT, errors);
        String direction = query.getFirst("direction");
        if (direction != null && !direction.equals("before") && !direction.equals("after")) {
            errors.add(new FieldError("direction", "unknown", "direction must be before or after"));
        }
        String around = query.getFirst("around");
        if (around != null && (around.isBlank() || around.length() > MAX_ID)) {
            errors.add(new FieldError("around", "format", "around must be the id of a message"));
        }
        if (around != null && (query.containsKey("cursor") || direction != null)) {
            errors.add(new FieldError("around", "conflict", "around goes with neither a cursor nor a direction"));
        }
        String afterSeq = query.getFirst("afterSeq");
        if (afterSeq != null && !SEQ.matcher(afterSeq).matches()) {
            errors.add(new FieldError("afterSeq", "type", "afterSeq must be a whole number"));
        }
        if (afterSeq != null && (!"after".equals(direction) || query.containsKey("cursor"))) {
            errors.add(new FieldError("afterSeq", "conflict", "afterSeq goes with direction=after, without a cursor"));
        }
        Long cursor = Cursor.read(query.getFirst("cursor"), errors);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        Direction towards = "after".equals(direction) ? Direction.AFTER : Direction.BEFORE;
        return new HistoryQuery(around, afterSeq == null ? cursor : Long.valueOf(afterSeq), towards, limit);
    }

    /** The {@code seq} to read from; if the client gave none, the end for reading backwards, else the beginning. */
    long from() {
        if (known != null) {
            return known;
        }
        return direction == Direction.BEFORE ? Long.MAX_VALUE : 0;
    }
}
