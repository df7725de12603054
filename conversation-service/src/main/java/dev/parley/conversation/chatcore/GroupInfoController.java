package dev.parley.conversation.chatcore;

import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.groupinfo.ChangeIcon;
import dev.parley.conversation.groupinfo.EditGroup;
import dev.parley.conversation.groupinfo.GroupEdit;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Lets chat-core clients change the name, description, icon and rules of a group. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}")
class GroupInfoController {

    private static final int MAX_FILE_ID = 128;
    private static final Pattern FILE_ID = Pattern.compile("[A-Za-z0-9_-]+");

    /** The longest that a message can be edited or deleted: ten years. */
    private static final long MAX_WINDOW_SECONDS = 10L * 365 * 24 * 60 * 60;

    private final EditGroup editGroup;
    private final ChangeIcon icons;
    private final ConversationViews views;
    private final ConversationSettings limits;

    GroupInfoController(EditGroup editGroup, ChangeIcon icons, ConversationViews views, ConversationSettings limits) {
        this.editGroup = editGroup;
        this.icons = icons;
        this.views = views;
        this.limits = limits;
    }

    @PatchMapping
    Mono<ConversationView> edit(@PathVariable String conversationId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        Fields rules = fields.object("settings");
        Fields windows = rules.object("messageConfig");
        GroupEdit edit = new GroupEdit(
                fields.optionalName("name", 1, limits.maxNameLength()),
                fields.clearableText("description", limits.maxDescriptionLength()),
                rules.optionalFlag("onlyAdminsCanMessage"),
                rules.optionalFlag("onlyAdminsCanAddMembers"),
                rules.optionalFlag("historyVisibleToNewMembers"),
                seconds(windows, "editWindowSeconds"),
                seconds(windows, "deleteWindowSeconds"));
        fields.rejectNulls("name", "settings");
        rules.rejectNulls(
                "onlyAdminsCanMessage", "onlyAdminsCanAddMembers", "historyVisibleToNewMembers", "messageConfig");
        windows.rejectNulls("editWindowSeconds", "deleteWindowSeconds");
        fields.verify();
        return editGroup.edit(caller, conversationId, edit).flatMap(views::of);
    }

    @PutMapping("/icon")
    Mono<ConversationView> setIcon(@PathVariable String conversationId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        String fileId = fields.text("fileId", 1, MAX_FILE_ID, FILE_ID, "must be the id of a file");
        fields.verify();
        return icons.change(caller, conversationId, fileId).flatMap(views::of);
    }

    @DeleteMapping("/icon")
    Mono<ConversationView> removeIcon(@PathVariable String conversationId, Caller caller) {
        return icons.change(caller, conversationId, null).flatMap(views::of);
    }

    private static @Nullable Long seconds(Fields fields, String field) {
        return fields.has(field) ? fields.number(field, 0, MAX_WINDOW_SECONDS) : null;
    }
}
