package dev.parley.media.icon;

import dev.parley.events.ConversationUpdated;
import dev.parley.events.Topics;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.media.reference.FileReferences;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets go of icons that nobody is shown any more, as conversation-service tells it. Doing so again changes nothing. */
@Configuration(proxyBeanMethods = false)
class IconRelease {

    private static final String GROUP = "media-service-icons";

    @Bean
    EventSubscription iconChanges(FileStore files, FileReferences references, FileSettings settings) {
        return EventSubscription.shared(
                Topics.CONVERSATIONS, GROUP, batch -> handle(batch, files, references, settings));
    }

    private static Mono<Void> handle(
            List<ReceivedEvent> batch, FileStore files, FileReferences references, FileSettings settings) {
        return Flux.fromIterable(batch)
                .concatMap(
                        event -> event.data() instanceof ConversationUpdated updated && updated.releasedFileId() != null
                                ? files.byId(updated.releasedFileId())
                                        .filter(icon -> isReleased(icon, updated, event.time()))
                                        .flatMap(icon -> letGo(icon, files, references, settings))
                                : Mono.empty())
                .then();
    }

    /** Not one that was taken again afterwards. */
    private static boolean isReleased(StoredFile icon, ConversationUpdated change, Instant changedAt) {
        return icon.purpose() == Purpose.ICON
                && change.conversationId().equals(icon.conversationId())
                && (icon.attachedAt() == null || !icon.attachedAt().isAfter(changedAt));
    }

    private static Mono<Void> letGo(
            StoredFile icon, FileStore files, FileReferences references, FileSettings settings) {
        return references
                .exists(icon.id())
                .flatMap(isNamed ->
                        files.letGo(icon.id(), isNamed ? null : FileStore.now().plus(settings.unreferencedLifetime())));
    }
}
