package dev.parley.conversation.groupinfo;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The changes of a group; null for what stays as it is.
 *
 * @param description empty for none
 * @param editWindowSeconds how long after sending it its sender can edit a message
 * @param deleteWindowSeconds how long after sending it its sender can delete a message for everyone
 */
public record GroupEdit(
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean onlyAdminsCanMessage,
        @Nullable Boolean onlyAdminsCanAddMembers,
        @Nullable Boolean historyVisibleToNewMembers,
        @Nullable Long editWindowSeconds,
        @Nullable Long deleteWindowSeconds) {

    /** Without an operation if nothing is to be different. */
    Update update() {
        Update update = new Update();
        set(update, "name", name);
        if (description != null && description.isEmpty()) {
            update.unset("description");
        } else {
            set(update, "description", description);
        }
        set(update, "settings.onlyAdminsCanMessage", onlyAdminsCanMessage);
        set(update, "settings.onlyAdminsCanAddMembers", onlyAdminsCanAddMembers);
        set(update, "settings.historyVisibleToNewMembers", historyVisibleToNewMembers);
        set(update, "settings.editWindowSeconds", editWindowSeconds);
        set(update, "settings.deleteWindowSeconds", deleteWindowSeconds);
        return update;
    }

    private static void set(Update update, String field, @Nullable Object value) {
        if (value != null) {
            update.set(field, value);
        }
    }
}
