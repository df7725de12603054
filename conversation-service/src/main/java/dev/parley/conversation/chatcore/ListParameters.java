package dev.parley.conversation.chatcore;

import dev.parley.conversation.list.ListFilter;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.text.TextFolding;
import dev.parley.platform.text.TextLength;
import dev.parley.platform.text.VisibleText;
import dev.parley.surface.chatcore.AttachmentView;
import dev.parley.surface.chatcore.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What a chat-core client asks of its list of conversations. */
final class ListParameters {

    private static final int MAX_SEARCH = 200;
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Map<String, Boolean> FLAGS = new TreeMap<>(Map.of("true", true, "false", false));
    private static final Map<String, Boolean> GROUPS = new TreeMap<>(Map.of("group", true, "direct", false));
    private static final Map<String, Role> ROLES = new TreeMap<>(Map.of("admin", Role.ADMIN, "member", Role.MEMBER));

    private final MultiValueMap<String, String> query;
    private final List<FieldError> errors = new ArrayList<>();
    private final ListFilter filter;
    private final PageQuery page;

    /** @throws ApiException naming every value that is none of those that can be asked for */
    ListParameters(MultiValueMap<String, String> query) {
        this.query = query;
        this.page = PageQuery.of(query, errors);
        this.filter = new ListFilter(
                one("type", GROUPS),
                one("isPinned", FLAGS),
                one("isMuted", FLAGS),
                one("notificationsEnabled", FLAGS),
                one("hasUnread", FLAGS),
                one("role", ROLES),
                one("hasAttachments", FLAGS),
                one("attachmentType", AttachmentView.TYPES),
                words());
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }

    ListFilter filter() {
        return filter;
    }

    PageQuery page() {
        return page;
    }

    private <T> @Nullable T one(String name, Map<String, T> values) {
        String given = query.getFirst(name);
        if (given == null) {
            return null;
        }
        T value = values.get(given);
        if (value == null) {
            errors.add(new FieldError(name, "value", name + " must be one of " + values.keySet()));
        }
        return value;
    }

    private List<String> words() {
        String search = query.getFirst("search");
        if (search == null || VisibleText.isBlank(search)) {
            return List.of();
        }
        if (TextLength.of(search) > MAX_SEARCH) {
            errors.add(new FieldError("search", "too-long", "search must have at most " + MAX_SEARCH + " characters"));
            return List.of();
        }
        return BLANKS.splitAsStream(TextFolding.fold(search))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
