package dev.parley.media.reference;

import dev.parley.events.ConversationUpdated;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Purpose;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets go of icons that nobody is shown any more, as conversation-service tells it. Doing so again changes nothing. */
@Component
final class IconRelease {

    private final FileReferences references;
    private final FileStore files;
    private final Duration unreferencedLifetime;

    IconRelease(FileReferences references, FileStore files, FileSettings settings) {
        this.references = references;
        this.files = files;
        this.unreferencedLifetime = settings.unreferencedLifetime();
    }

    /** Nothing if the change released no icon. */
    Mono<Void> handle(ConversationUpdated change, Instant changedAt) {
        return Mono.justOrEmpty(change.releasedFileId())
                .flatMap(files::byId)
                .filter(icon -> isReleased(icon, change, changedAt))
                .flatMap(this::letGo);
    }

    /** Not one that was taken again afterwards. */
    private static boolean isReleased(StoredFile icon, ConversationUpdated change, Instant changedAt) {
        return icon.purpose() == Purpose.ICON
                && change.conversationId().equals(icon.conversationId())
                && (icon.attachedAt() == null || !icon.attachedAt().isAfter(changedAt));
    }

    private Mono<Void> letGo(StoredFile icon) {
        return references
                .exists(icon.id())
                .flatMap(isNamed ->
                        files.letGo(icon.id(), isNamed ? null : FileStore.now().plus(unreferencedLifetime)));
    }
}
