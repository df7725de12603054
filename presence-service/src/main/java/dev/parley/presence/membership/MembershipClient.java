package dev.parley.presence.membership;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import dev.parley.presence.device.UserKey;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Reads a user's memberships from conversation-service. {@code fromSeq} is the {@code seq} of the first message that the
 * user sees in a conversation.
 */
@Component
public final class MembershipClient {

    private record MembershipResponse(String conversationId, long fromSeq, boolean hidden) {}

    private record MembershipsResponse(List<MembershipResponse> conversations) {}

    /** @param toSeq null while the user is a member */
    private record WindowResponse(long fromSeq, @Nullable Long toSeq) {}

    /** @param active whether the user is a member now; false for a former member */
    private record AccessResponse(boolean active, List<WindowResponse> windows) {}

    private record ConversationsResponse(List<String> conversationIds) {}

    private final WebClient conversationService;
    private final WebClient forThePlatform;

    MembershipClient(ServiceClients clients, ServiceAddresses services) {
        this.forThePlatform = clients.platformAt(services.of("conversation"));
        this.conversationService = clients.at(services.of("conversation"));
    }

    /** The conversations of which a user is a member. */
    public Mono<JoinedConversations> joined(Caller caller) {
        return conversationService
                .get()
                .uri("/internal/memberships")
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(MembershipsResponse.class)
                .map(joined -> new JoinedConversations(
                        joined.conversations().stream()
                                .collect(Collectors.toMap(
                                        MembershipResponse::conversationId, MembershipResponse::fromSeq)),
                        joined.conversations().stream()
                                .filter(MembershipResponse::hidden)
                                .map(MembershipResponse::conversationId)
                                .collect(Collectors.toSet())));
    }

    /** The conversations of which a user, who need not be connected, is a member. */
    public Mono<List<String>> conversationsOf(UserKey user) {
        return forThePlatform
                .get()
                .uri(uri -> uri.path("/memberships")
                        .queryParam("userId", "{userId}")
                        .build(user.userId()))
                .retrieve()
                .bodyToMono(ConversationsResponse.class)
                .map(ConversationsResponse::conversationIds);
    }

    /**
     * The {@code fromSeq} that was valid for a user at the message with this {@code seq}. Empty if the user does not see
     * that message.
     */
    public Mono<Long> fromSeqAt(Caller caller, String conversationId, long seq) {
        return access(caller, conversationId)
                .flatMapIterable(AccessResponse::windows)
                .map(WindowResponse::fromSeq)
                .filter(fromSeq -> fromSeq <= seq)
                .reduce(Math::max)
                .onErrorResume(
                        ApiException.class, refused -> refused.code().isRefusal() ? Mono.empty() : Mono.error(refused));
    }

    private Mono<AccessResponse> access(Caller caller, String conversationId) {
        return conversationService
                .get()
                .uri("/internal/conversations/{id}/access", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(AccessResponse.class);
    }

    /**
     * The {@code fromSeq} of a user who is a member now. Fails as conversation-service answers if the user is not a member.
     */
    public Mono<Long> requireMember(Caller caller, String conversationId) {
        return access(caller, conversationId)
                .filter(AccessResponse::active)
                .flatMapIterable(AccessResponse::windows)
                .filter(window -> window.toSeq() == null)
                .map(WindowResponse::fromSeq)
                .reduce(Math::max)
                .switchIfEmpty(Mono.error(() ->
                        ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation any more")));
    }
}
