package dev.parley.conversation.messageservice;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Has message-service store system messages. */
@Component
public final class SystemMessageClient {

    /** @param creation see {@link Conversation#unpublishedCreation} */
    private record Wanted(
            String tenantId,
            String key,
            UserSummary actor,
            Block.Notice notice,
            @Nullable PendingEvent creation) {}

    /** message-service refused a system message. The user did nothing wrong. */
    public static final class Refused extends RuntimeException {
        Refused(Throwable answer) {
            super("message-service refused a system message", answer);
        }
    }

    private final WebClient messages;

    SystemMessageClient(ServiceClients clients, ServiceAddresses services) {
        this.messages = clients.platformAt(services.of("message"));
    }

    /** Whether message-service was too busy to store a system message. It stored nothing, and the user may try again. */
    public static boolean isBusy(Throwable failure) {
        return failure instanceof ApiException answer && answer.code().isRateLimited();
    }

    /** The same system message of the same change is stored once, however often this is called. */
    public Mono<MessageSnapshot> store(Conversation conversation, PendingChange change, int index) {
        String key = conversation.id() + "/" + (change.revision() + index);
        Wanted wanted = new Wanted(
                conversation.tenantId(),
                key,
                change.actor(),
                change.notices().get(index),
                conversation.unpublishedCreation());
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
