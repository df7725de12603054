package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.conversation.ConversationSnapshot.Pointer;
import dev.parley.conversation.receipt.MemberPointers;
import dev.parley.conversation.receipt.MemberPointers.Position;
import dev.parley.events.Block.NoticeKind.Effect;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes down what a conversation is before a member leaves it. That is done when the change is begun, so that one that is
 * completed late shows nothing later.
 */
@Component
final class LeavingSnapshots {

    private final MemberPointers pointers;

    LeavingSnapshots(MemberPointers pointers) {
        this.pointers = pointers;
    }

    /** @return empty if nobody leaves, or who leaves does not see the conversation afterwards */
    Mono<ConversationSnapshot> before(Conversation conversation, ProposedChange plan) {
        List<String> leavers = plan.notices().stream()
                .filter(notice -> notice.kind().effect() == Effect.LEAVES)
                .flatMap(notice -> notice.members().stream())
                .map(member -> member.user().id())
                .toList();
        if (leavers.size() != 1 || plan.hides()) {
            return Mono.empty();
        }
        return pointers.now(conversation)
                .map(positions -> ConversationSnapshot.of(
                        conversation,
                        leavers.get(0),
                        positions.members().stream()
                                .map(LeavingSnapshots::pointer)
                                .toList()));
    }

    private static Pointer pointer(Position member) {
        return new Pointer(
                member.userId(),
                member.fromSeq(),
                member.readSeq(),
                member.readAt(),
                member.deliveredSeq(),
                member.deliveredAt());
    }
}
