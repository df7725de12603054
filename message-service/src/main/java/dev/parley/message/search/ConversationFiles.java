package dev.parley.message.search;

import dev.parley.events.Block;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.indexing.SearchFields;
import dev.parley.message.store.Message;
import dev.parley.platform.metrics.OutcomeTimer;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists the files that came with the messages of a conversation. */
@Component
public final class ConversationFiles {

    /** A file and the message that it came with. */
    public record SentFile(Block.Media file, Message message) {}

    /** @param skipped how many files of the first of the messages come before the wanted part of the list */
    private record Wanted(List<SearchHit> messages, long skipped) {}

    private final ConversationAccess conversations;
    private final SearchIndex index;
    private final HitReader reader;
    private final int maxMessages;
    private final OutcomeTimer timer;

    ConversationFiles(
            ConversationAccess conversations,
            SearchIndex index,
            HitReader reader,
            SearchSettings settings,
            SearchTimers timers) {
        this.conversations = conversations;
        this.index = index;
        this.reader = reader;
        this.maxMessages = settings.maxFileMessages();
        this.timer = timers.files();
    }

    /**
     * The files of a kind, those of the newest message first, and the files of one message in their order. Only the newest
     * {@link SearchSettings#maxFileMessages} messages with such files are looked at and counted.
     *
     * @param kind null for all files
     * @return fails as {@link ConversationAccess#of} does
     */
    public Mono<Slice<SentFile>> list(
            Caller caller, String conversationId, Block.@Nullable MediaKind kind, SliceRequest part) {
        String stored = kind == null ? null : SearchFields.kind(kind);
        return timer.time(conversations.of(caller, conversationId).flatMap(access -> index.byFiles(
                        conversationId, access.visible(), stored, maxMessages)
                .collectList()
                .flatMap(hits -> reader.notHidden(caller, hits))
                .flatMap(hits -> files(caller, access, hits, kind, part))));
    }

    private Mono<Slice<SentFile>> files(
            Caller caller,
            MemberAccess access,
            List<SearchHit> hits,
            Block.@Nullable MediaKind kind,
            SliceRequest part) {
        String stored = kind == null ? null : SearchFields.kind(kind);
        long total = hits.stream().mapToLong(hit -> hit.files(stored)).sum();
        Wanted wanted = wanted(hits, stored, part);
        return reader.read(caller, wanted.messages(), Map.of(access.conversationId(), access.visible()))
                .map(messages -> new Slice<>(
                        files(messages, kind).stream()
                                .skip(wanted.skipped())
                                .limit(part.limit())
                                .toList(),
                        total));
    }

    private static Wanted wanted(List<SearchHit> hits, @Nullable String kind, SliceRequest part) {
        List<SearchHit> messages = new ArrayList<>();
        long before = 0;
        long skipped = 0;
        for (SearchHit hit : hits) {
            long next = before + hit.files(kind);
            if (next > part.offset() && before < part.offset() + part.limit()) {
                if (messages.isEmpty()) {
                    skipped = part.offset() - before;
                }
                messages.add(hit);
            }
            before = next;
        }
        return new Wanted(messages, Math.max(0, skipped));
    }

    private static List<SentFile> files(List<Message> messages, Block.@Nullable MediaKind kind) {
        List<SentFile> files = new ArrayList<>();
        for (Message message : messages) {
            for (Block block : message.blocks()) {
                if (block instanceof Block.Media media && (kind == null || media.kind() == kind)) {
                    files.add(new SentFile(media, message));
                }
            }
        }
        return files;
    }
}
