package dev.parley.conversation.groupinfo;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.events.ConversationUpdated;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes the name, description and settings of a group, for its admins. */
@Component
public final class EditGroup {

    private final ConversationAccess access;
    private final ConversationUpdates updates;

    EditGroup(ConversationAccess access, ConversationUpdates updates) {
        this.access = access;
        this.updates = updates;
    }

    /** @return the caller with the group afterwards; fails with the refusals of {@link ConversationAccess#require} for {@link Action#CHANGE_INFO} */
    public Mono<Member> edit(Caller caller, String conversationId, GroupEdit edit) {
        Update update = edit.update();
        return access.require(caller, conversationId, Action.CHANGE_INFO)
                .flatMap(admin -> update.getUpdateObject().isEmpty()
                        ? Mono.just(admin)
                        : write(admin.conversation(), update, edit.name())
                                .map(conversation -> new Member(conversation, admin.membership())));
    }

    private Mono<Conversation> write(Conversation conversation, Update update, @Nullable String name) {
        String id = conversation.id();
        Query existing =
                Query.query(Criteria.where("_id").is(id).and("deletedAt").exists(false));
        return updates.update(
                        existing,
                        update.set("updatedAt", ConversationUpdates.now()),
                        List.of(new ConversationUpdated(id, conversation.tenantId(), null, null, name, null)))
                .switchIfEmpty(Mono.error(() -> ApiException.of(ConversationError.NOT_FOUND, "No conversation " + id)));
    }
}
