package dev.parley.conversation.groupinfo;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.mediaservice.IconFiles;
import dev.parley.events.ConversationUpdated;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Gives a group an icon, or takes it away, for its admins. The event of the change names the file that was the icon before, so that
 * media-service deletes it; unless a former member still sees it, whose icon is that of the leaving.
 */
@Component
public final class ChangeIcon {

    private static final String ICON = "iconFileId";
    private static final OptimisticUpdate UPDATE = new OptimisticUpdate(6, Duration.ofMillis(1), Duration.ofMillis(50));

    private final ConversationAccess access;
    private final ConversationUpdates updates;
    private final MembershipStore memberships;
    private final IconFiles files;

    ChangeIcon(ConversationAccess access, ConversationUpdates updates, MembershipStore memberships, IconFiles files) {
        this.access = access;
        this.updates = updates;
        this.memberships = memberships;
        this.files = files;
    }

    /**
     * @param fileId null for none
     * @return the caller with the group afterwards; fails with the refusals of {@link ConversationAccess#require} for
     *     {@link Action#CHANGE_INFO}, and of {@link IconFiles#claim}
     */
    public Mono<Member> change(Caller caller, String conversationId, @Nullable String fileId) {
        Mono<Member> admin = Mono.defer(() -> access.require(caller, conversationId, Action.CHANGE_INFO));
        return admin.flatMap(first -> fileId == null
                        ? Mono.just(first)
                        : files.claim(caller, conversationId, fileId).thenReturn(first))
                .flatMap(first -> UPDATE.run(
                        first,
                        admin,
                        member -> write(member.conversation(), fileId)
                                .map(changed -> new Member(changed, member.membership())),
                        () -> ApiException.of(ConversationError.BUSY, "Others change the icon, too: try again")));
    }

    /** @return empty if somebody else has changed the icon meanwhile, or deleted the conversation */
    private Mono<Conversation> write(Conversation before, @Nullable String fileId) {
        Query unchanged = Query.query(Criteria.where("_id")
                .is(before.id())
                .and("deletedAt")
                .exists(false)
                .and(ICON)
                .is(before.iconFileId()));
        return released(before, fileId)
                .flatMap(released -> updates.update(
                        unchanged,
                        update(fileId),
                        List.of(new ConversationUpdated(
                                before.id(), before.tenantId(), null, released.orElse(null), null, null))));
    }

    private static Update update(@Nullable String fileId) {
        Update update = new Update().set("updatedAt", ConversationUpdates.now());
        return fileId == null ? update.unset(ICON) : update.set(ICON, fileId);
    }

    /** The file that nobody is shown any more. */
    private Mono<Optional<String>> released(Conversation before, @Nullable String fileId) {
        String former = before.iconFileId();
        if (former == null || former.equals(fileId) || isShownTo(before.pending(), former)) {
            return Mono.just(Optional.empty());
        }
        return memberships
                .isSeenByFormer(before.id(), former)
                .map(isSeen -> isSeen ? Optional.empty() : Optional.of(former));
    }

    private static boolean isShownTo(@Nullable PendingChange leaving, String fileId) {
        ConversationSnapshot seen = leaving == null ? null : leaving.before();
        return seen != null && Objects.equals(seen.iconFileId(), fileId);
    }
}
