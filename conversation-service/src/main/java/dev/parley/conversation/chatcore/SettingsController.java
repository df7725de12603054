package dev.parley.conversation.chatcore;

import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.change.Removal;
import dev.parley.conversation.edit.Edit;
import dev.parley.conversation.edit.GroupEdits;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a group is called, how it looks, its rules and its end, for chat-core clients. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}")
class SettingsController {

    private static final int MAX_FILE_ID = 128;
    private static final Pattern FILE_ID = Pattern.compile("[A-Za-z0-9_-]+");

    /** The longest that a message can be edited or deleted: ten years. */
    private static final long MAX_WINDOW_SECONDS = 10L * 365 * 24 * 60 * 60;

    private final GroupEdits edits;
    private final Removal removal;
    private final ConversationViews views;
    private final ConversationSettings limits;

    SettingsController(GroupEdits edits, Removal removal, ConversationViews views, ConversationSettings limits) {
        this.edits = edits;
        this.removal = removal;
        this.views = views;
        this.limits = limits;
    }

    @PatchMapping
    Mono<ConversationView> edit(@PathVariable String conversationId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        Fields rules = fields.object("settings");
        Fields windows = rules.object("messageConfig");
        Edit edit = new Edit(
                fields.optionalText("name", 1, limits.maxNameLength()),
                fields.optionalText("description", 0, limits.maxDescriptionLength()),
                flag(rules, "onlyAdminsCanMessage"),
                flag(rules, "onlyAdminsCanAddMembers"),
                flag(rules, "historyVisibleToNewMembers"),
                seconds(windows, "editWindowSeconds"),
                seconds(windows, "deleteWindowSeconds"));
        fields.verify();
        return edits.edit(caller, conversationId, edit).flatMap(views::of);
    }

    @PutMapping("/icon")
    Mono<ConversationView> setIcon(@PathVariable String conversationId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        String fileId = fields.text("fileId", 1, MAX_FILE_ID, FILE_ID, "must be the id of a file");
        fields.verify();
        return edits.icon(caller, conversationId, fileId).flatMap(views::of);
    }

    @DeleteMapping("/icon")
    Mono<ConversationView> removeIcon(@PathVariable String conversationId, Caller caller) {
        return edits.icon(caller, conversationId, null).flatMap(views::of);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String conversationId, Caller caller) {
        return removal.delete(caller, conversationId);
    }

    private static @Nullable Boolean flag(Fields fields, String field) {
        return fields.has(field) ? fields.flag(field) : null;
    }

    private static @Nullable Long seconds(Fields fields, String field) {
        return fields.has(field) ? fields.number(field, 0, MAX_WINDOW_SECONDS) : null;
    }
}
