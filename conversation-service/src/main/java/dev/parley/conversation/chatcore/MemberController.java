package dev.parley.conversation.chatcore;

import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.platform.identity.UserProfiles;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.SliceRequest;
import dev.parley.surface.chatcore.PageQuery;
import dev.parley.surface.chatcore.ParticipantView;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The members of a conversation for chat-core clients. */
@RestController
class MemberController {

    private final ConversationAccess access;
    private final MembershipStore memberships;
    private final UserProfiles users;
    private final JsonMapper json;

    MemberController(ConversationAccess access, MembershipStore memberships, UserProfiles users, JsonMapper json) {
        this.json = json;
        this.access = access;
        this.memberships = memberships;
        this.users = users;
    }

    /** Whole users, each with the part that the user has in the conversation: all, or a part of them, always in the same order. */
    @GetMapping("/api/v1/conversations/{conversationId}/members")
    Mono<List<ObjectNode>> members(
            @PathVariable String conversationId, @RequestParam MultiValueMap<String, String> query, Caller caller) {
        boolean isWhole = !query.containsKey("page") && !query.containsKey("limit");
        SliceRequest slice = PageQuery.of(query).slice();
        return access.require(caller, conversationId, Action.LIST_MEMBERS)
                .flatMapMany(this::entries)
                .transform(all -> isWhole ? all : all.skip(slice.offset()).take(slice.limit()))
                .collectList()
                .flatMap(members -> users.find(
                                members.stream().map(RosterEntry::userId).toList(), caller)
                        .map(found -> members.stream()
                                .map(member -> view(member, found))
                                .toList()));
    }

    /** All who are in it; for a former member those whom the list named at the leaving. */
    private Flux<RosterEntry> entries(Member member) {
        Membership own = member.membership();
        if (!own.active()) {
            ConversationSnapshot left = own.left();
            return Flux.fromIterable(left == null ? List.of() : left.roster());
        }
        return memberships.ofConversation(own.conversationId()).map(RosterEntry::of);
    }

    private ObjectNode view(RosterEntry member, Map<String, ObjectNode> found) {
        ObjectNode view =
                UserProfiles.orUnknown(found, member.userId()).put("role", ParticipantView.role(member.role()));
        view.set("joinedAt", json.valueToTree(member.joinedAt()));
        return view;
    }
}
