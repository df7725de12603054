package dev.parley.presence.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.platform.json.Fields;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.typing.TypingLookup;
import dev.parley.presence.typing.TypingSignals;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reports that a user is typing, and answers who is. */
@Component
final class TypingCommands {

    private record TypingUser(
            String userId,
            String username,
            String displayName,
            @Nullable String avatarUrl) {

        static TypingUser of(UserSummary user, FileUrls urls) {
            return new TypingUser(user.id(), user.username(), user.displayName(), PictureUrl.of(user, urls));
        }
    }

    private final TypingSignals signals;
    private final TypingLookup typing;
    private final FileUrls urls;

    TypingCommands(TypingSignals signals, TypingLookup typing, FileUrls urls) {
        this.signals = signals;
        this.urls = urls;
        this.typing = typing;
    }

    Mono<Ack> changed(CommandSender client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = SubjectId.in(fields, "conversationId");
        boolean isTyping = fields.flag("isTyping");
        fields.verify();
        return signals.changed(client.device(), conversationId, isTyping).thenReturn(Acks.success());
    }

    Mono<Ack> users(CommandSender client, JsonNode argument) {
        return typing.find(client.user(), SubjectId.ofConversation(argument))
                .map(users -> Ack.of(
                        users.stream().map(user -> TypingUser.of(user, urls)).toList()));
    }
}
