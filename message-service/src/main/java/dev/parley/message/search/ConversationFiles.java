package dev.parley.message.search;

import dev.parley.events.Block;
import dev.parley.message.MessageSettings;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists the files of a conversation's messages, for those who may see them. */
@Component
public final class ConversationFiles {

    /** A file, and the message that it came with. */
    public record Sent(Block.Media file, Message message) {}

    /** Part of a list: the messages that it is in, and how many files come before it in the first of them. */
    private record HitRange(List<SearchHit> messages, long before) {}

    private final ConversationAccess conversations;
    private final SearchIndex finding;
    private final HitReader messages;
    private final int maxMessages;

    ConversationFiles(
            ConversationAccess conversations, SearchIndex finding, HitReader messages, MessageSettings settings) {
        this.conversations = conversations;
        this.finding = finding;
        this.messages = messages;
        this.maxMessages = settings.maxFileMessages();
    }

    /**
     * The files of a kind, those of the newest message first, and those of one message in its order. No more than those of
     * the newest {@link MessageSettings#maxFileMessages} messages are found and counted.
     *
     * @param kind null for all
     * @return fails as {@link ConversationAccess#of} does
     */
    public Mono<Slice<Sent>> list(
            Caller caller, String conversationId, Block.@Nullable MediaKind kind, SliceRequest part) {
        String stored = kind == null ? null : kind.name().toLowerCase(Locale.ROOT);
        return conversations
                .of(caller, conversationId)
                .flatMap(access -> finding.byFiles(conversationId, access.windows(), stored, maxMessages)
                        .collectList())
                .flatMap(found -> messages.shown(caller, found))
                .flatMap(found -> {
                    long total =
                            found.stream().mapToLong(each -> each.files(stored)).sum();
                    HitRange stretch = stretch(found, stored, part);
                    return messages.read(caller, stretch.messages())
                            .map(read -> new Slice<>(
                                    files(read, kind).stream()
                                            .skip(stretch.before())
                                            .limit(part.limit())
                                            .toList(),
                                    total));
                });
    }

    private static HitRange stretch(List<SearchHit> found, @Nullable String kind, SliceRequest part) {
        List<SearchHit> here = new ArrayList<>();
        long place = 0;
        long before = 0;
        for (SearchHit message : found) {
            long next = place + message.files(kind);
            if (next > part.offset() && place < part.offset() + part.limit()) {
                if (here.isEmpty()) {
                    before = part.offset() - place;
                }
                here.add(message);
            }
            place = next;
        }
        return new HitRange(here, Math.max(0, before));
    }

    private static List<Sent> files(List<Message> messages, Block.@Nullable MediaKind kind) {
        List<Sent> files = new ArrayList<>();
        for (Message message : messages) {
            for (Block block : message.blocks()) {
                if (block instanceof Block.Media media && (kind == null || media.kind() == kind)) {
                    files.add(new Sent(media, message));
                }
            }
        }
        return files;
    }
}
