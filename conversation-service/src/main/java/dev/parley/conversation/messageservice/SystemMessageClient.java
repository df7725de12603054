package dev.parley.conversation.messageservice;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Asks message-service for the places of notices. */
@Component
public final class SystemMessageClient {

    private record Wanted(String tenantId, String key, UserSummary actor, Block.Notice notice) {}

    /** message-service did not take a notice, which is nothing that the user did wrong. */
    public static final class Refused extends RuntimeException {
        Refused(Throwable answer) {
            super("message-service refused a notice", answer);
        }
    }

    private final WebClient messages;

    SystemMessageClient(ServiceClients clients, ServiceAddresses services) {
        this.messages = clients.platformAt(services.of("message"));
    }

    /** Whether there was no room for a notice, which is stored nowhere then. It passes, as the user is told. */
    public static boolean isBusy(Throwable failure) {
        return failure instanceof ApiException answer && answer.code().status() == HttpStatus.TOO_MANY_REQUESTS;
    }

    /** The same notice of the same change gets the same place, however often it is asked for. */
    public Mono<MessageSnapshot> store(Conversation conversation, PendingChange change, int index) {
        String key = conversation.id() + "/" + (change.revision() + index);
        Wanted wanted = new Wanted(
                conversation.tenantId(), key, change.actor(), change.notices().get(index));
        return messages.post()
                .uri("/conversations/{id}/notices", conversation.id())
                .bodyValue(wanted)
                .retrieve()
                .bodyToMono(MessageSnapshot.class)
                .onErrorMap(
                        ApiException.class,
                        answer -> answer.code().isRefusal() && !isBusy(answer) ? new Refused(answer) : answer);
    }
}
