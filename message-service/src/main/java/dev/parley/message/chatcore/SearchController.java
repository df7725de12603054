package dev.parley.message.chatcore;

import dev.parley.events.Block;
import dev.parley.message.search.ConversationFiles;
import dev.parley.message.search.MessageSearch;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.security.Caller;
import dev.parley.platform.text.TextLength;
import dev.parley.platform.text.VisibleText;
import dev.parley.surface.chatcore.AttachmentView;
import dev.parley.surface.chatcore.FileView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.Page;
import dev.parley.surface.chatcore.PageQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Searches messages and lists files for chat-core clients. */
@RestController
class SearchController {

    /** Code points. */
    private static final int MAX_QUERY = 200;

    private static final int MAX_ID = 128;

    private final MessageSearch search;
    private final ConversationFiles files;
    private final MessageViews views;
    private final FileUrls urls;

    SearchController(MessageSearch search, ConversationFiles files, MessageViews views, FileUrls urls) {
        this.urls = urls;
        this.search = search;
        this.files = files;
        this.views = views;
    }

    @GetMapping("/api/v1/messages/search")
    Mono<Page<MessageView>> search(@RequestParam MultiValueMap<String, String> query, Caller caller) {
        List<FieldError> errors = new ArrayList<>();
        String text = text(query, "query", MAX_QUERY, errors);
        String conversationId =
                query.containsKey("conversationId") ? text(query, "conversationId", MAX_ID, errors) : null;
        PageQuery page = PageQuery.of(query, errors);
        verify(errors);
        return search.search(caller, text, conversationId, page.slice())
                .flatMap(found -> views.of(found.items(), caller).map(found::with))
                .map(found -> Page.of(found, page));
    }

    @GetMapping("/api/v1/conversations/{conversationId}/files")
    Mono<Page<FileView>> files(
            @PathVariable String conversationId, @RequestParam MultiValueMap<String, String> query, Caller caller) {
        List<FieldError> errors = new ArrayList<>();
        Block.MediaKind kind = kind(query.getFirst("type"), errors);
        PageQuery page = PageQuery.of(query, errors);
        verify(errors);
        return files.list(caller, conversationId, kind, page.slice())
                .map(found -> Page.of(found.map(this::view), page));
    }

    private FileView view(ConversationFiles.SentFile sent) {
        Message message = sent.message();
        return FileView.of(
                sent.file(), message.id(), message.conversationId(), message.senderId(), message.createdAt(), urls);
    }

    private static Block.@Nullable MediaKind kind(@Nullable String type, List<FieldError> errors) {
        if (type == null) {
            return null;
        }
        Block.MediaKind kind = AttachmentView.TYPES.get(type);
        if (kind == null) {
            errors.add(new FieldError("type", "unknown", "type must be image, video, audio or document"));
        }
        return kind;
    }

    private static String text(MultiValueMap<String, String> query, String name, int max, List<FieldError> errors) {
        String given = query.getFirst(name);
        String text = given == null ? "" : given.strip();
        if (VisibleText.isBlank(text)) {
            errors.add(new FieldError(name, "required", name + " is required"));
        } else if (TextLength.of(text) > max) {
            errors.add(new FieldError(name, "too-long", name + " must have at most " + max + " characters"));
        }
        return text;
    }

    private static void verify(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }
}
