package dev.parley.message.attachment;

import dev.parley.events.Block;
import dev.parley.message.store.MessageSender;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Asks media-service for the files that a message names, and has it bind them to the conversation. Fails closed: without an answer it is
 * not known whose a file is and what is in it, so the message is not sent.
 */
@Component
public final class AttachFiles {

    private static final Map<String, Block.MediaKind> KINDS = Map.of(
            "IMAGE", Block.MediaKind.IMAGE,
            "VIDEO", Block.MediaKind.VIDEO,
            "AUDIO", Block.MediaKind.AUDIO);

    private record Request(String tenantId, String senderId, String conversationId, List<String> fileIds) {}

    private record FileInfo(
            String fileId,
            String kind,
            String filename,
            String mimeType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double duration,
            @Nullable List<Double> waveform,
            boolean hasThumbnail,
            boolean processed) {

        Block.Media block() {
            return Block.Media.kept(KINDS.getOrDefault(kind, Block.MediaKind.FILE), fileId, filename, mimeType, size)
                    .with(width, height, duration, waveform, hasThumbnail);
        }
    }

    private record Answer(List<FileInfo> files) {}

    /**
     * The blocks of a message with its files.
     *
     * @param unprocessed the ids of those files of which more will be known
     */
    public record Attached(List<Block> blocks, List<String> unprocessed) {}

    private final WebClient media;
    private final MessageStore messages;

    AttachFiles(ServiceClients clients, ServiceAddresses services, MessageStore messages) {
        this.media = clients.platformAt(services.of("media"));
        this.messages = messages;
    }

    /** A file of which nothing is known but its id, in the place of its block. */
    public static Block.Media named(String fileId) {
        return Block.Media.kept(Block.MediaKind.FILE, fileId, "", "", 0);
    }

    /**
     * The blocks with what media-service says of the files that are named in them. Asks nobody if there is none.
     *
     * <p>Nobody is asked for a message either that is stored already: its files may have been deleted since, and who sends it again
     * gets what was stored.
     *
     * @param clientId what the sender's client calls the message
     * @return fails as media-service does, with the files as {@code file}
     */
    public Mono<Attached> to(Caller caller, String conversationId, List<Block> blocks, @Nullable String clientId) {
        List<String> fileIds = Block.Media.fileIds(blocks);
        if (fileIds.isEmpty()) {
            return Mono.just(new Attached(blocks, List.of()));
        }
        return isStored(caller, clientId)
                .flatMap(stored -> stored
                        ? Mono.just(new Attached(blocks, List.of()))
                        : ask(new Request(caller.tenantId(), caller.userId(), conversationId, fileIds))
                                .map(answer -> attached(blocks, answer)));
    }

    private Mono<Boolean> isStored(Caller caller, @Nullable String clientId) {
        return clientId == null
                ? Mono.just(false)
                : messages.isStored(MessageSender.clientKey(caller.userId(), clientId));
    }

    private Mono<Answer> ask(Request request) {
        return media.post().uri("/files/attach").bodyValue(request).retrieve().bodyToMono(Answer.class);
    }

    private static Attached attached(List<Block> blocks, Answer answer) {
        Map<String, FileInfo> files =
                answer.files().stream().collect(Collectors.toMap(FileInfo::fileId, Function.identity()));
        return new Attached(
                blocks.stream().map(block -> known(block, files)).toList(),
                answer.files().stream()
                        .filter(file -> !file.processed())
                        .map(FileInfo::fileId)
                        .toList());
    }

    private static Block known(Block block, Map<String, FileInfo> files) {
        String fileId = block instanceof Block.Media file ? file.fileId() : null;
        if (fileId == null) {
            return block;
        }
        FileInfo file = files.get(fileId);
        if (file == null) {
            throw new IllegalStateException("media-service said nothing of the file " + fileId);
        }
        return file.block();
    }
}
