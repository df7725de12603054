package dev.parley.media.reference;

import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageSnapshot;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.FileStore;
import dev.parley.platform.encryption.ContentKeys;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows the messages that name files, and the conversations whose icons files are. A file that no message names any more is
 * kept for a moment: the event of another message that names it may be on its way.
 */
@Component
final class ReferenceProjection implements EventHandler {

    private final FileReferences references;
    private final FileStore files;
    private final ContentKeys keys;
    private final IconRelease icons;
    private final Duration unreferencedLifetime;

    ReferenceProjection(
            FileReferences references, FileStore files, ContentKeys keys, IconRelease icons, FileSettings settings) {
        this.references = references;
        this.files = files;
        this.keys = keys;
        this.icons = icons;
        this.unreferencedLifetime = settings.unreferencedLifetime();
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch).concatMap(this::handle).then();
    }

    private Mono<Void> handle(ReceivedEvent received) {
        Event event = received.data();
        if (event instanceof MessageCreated created && mayNameFiles(created.message())) {
            return keys.open(created.message()).flatMap(this::note);
        }
        if (event instanceof MessageDeleted deleted) {
            return forget(deleted.message().id());
        }
        if (event instanceof ConversationDeleted deleted && deleted.userId() == null) {
            return forgetAll(deleted.conversationId());
        }
        if (event instanceof ConversationUpdated updated) {
            return icons.handle(updated, received.time());
        }
        return Mono.empty();
    }

    private static boolean mayNameFiles(MessageSnapshot message) {
        return message.blocks().stream()
                .anyMatch(block -> block instanceof Block.Media || block instanceof Block.Sealed);
    }

    private Mono<Void> note(MessageSnapshot message) {
        List<String> named = Block.Media.fileIds(message.blocks());
        return Flux.fromIterable(named)
                .map(fileId -> FileReference.of(fileId, message.id(), message.conversationId(), message.seq()))
                .concatMap(references::add)
                .then(named.isEmpty() ? Mono.empty() : files.keep(named));
    }

    private Mono<Void> forget(String messageId) {
        return references
                .removeOfMessage(messageId)
                .flatMapIterable(named -> named)
                .concatMap(fileId -> references
                        .exists(fileId)
                        .filter(isNamed -> !isNamed)
                        .flatMap(none -> files.expire(fileId, FileStore.now().plus(unreferencedLifetime))))
                .then();
    }

    private Mono<Void> forgetAll(String conversationId) {
        return references.removeOfConversation(conversationId).then(files.expireAllOf(conversationId, FileStore.now()));
    }
}
