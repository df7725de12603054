package dev.parley.presence.membership;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What conversation-service knows of a user's conversations. */
@Component
public final class UserConversations {

    private record Joined(String conversationId, long fromSeq) {}

    private record JoinedConversations(List<Joined> conversations) {}

    /** @param toSeq null while it is open */
    private record Window(long fromSeq, @Nullable Long toSeq) {}

    /** @param active whether the user is a member now; false for a former one */
    private record Access(boolean active, List<Window> windows) {}

    private final WebClient conversations;

    UserConversations(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.at(services.of("conversation"));
    }

    /** The conversations that a user is in, each with the place from which on the user sees it. */
    public Mono<Map<String, Long>> of(Caller caller) {
        return conversations
                .get()
                .uri("/internal/memberships")
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(JoinedConversations.class)
                .map(joined -> joined.conversations().stream()
                        .collect(Collectors.toMap(Joined::conversationId, Joined::fromSeq)));
    }

    /**
     * From which place on a user saw a conversation as a member at another place. Empty if the user does not see it, now or
     * then.
     */
    public Mono<Long> windowAt(Caller caller, String conversationId, long seq) {
        return access(caller, conversationId)
                .flatMapIterable(Access::windows)
                .map(Window::fromSeq)
                .filter(fromSeq -> fromSeq <= seq)
                .reduce(Math::max)
                .onErrorResume(
                        ApiException.class,
                        refused -> refused.code().status().is4xxClientError() ? Mono.empty() : Mono.error(refused));
    }

    private Mono<Access> access(Caller caller, String conversationId) {
        return conversations
                .get()
                .uri("/internal/conversations/{id}/access", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(Access.class);
    }

    /**
     * From which place on a user sees a conversation as a member now; fails as conversation-service answers if the user is
     * none.
     */
    public Mono<Long> requireMember(Caller caller, String conversationId) {
        return access(caller, conversationId)
                .filter(Access::active)
                .flatMapIterable(Access::windows)
                .filter(window -> window.toSeq() == null)
                .map(Window::fromSeq)
                .reduce(Math::max)
                .switchIfEmpty(Mono.error(() ->
                        ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation any more")));
    }
}
