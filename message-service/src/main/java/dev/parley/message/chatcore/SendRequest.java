package dev.parley.message.chatcore;

import dev.parley.events.Block;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.attachment.AttachFiles;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldNames;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.json.Fields;
import dev.parley.platform.text.TextLength;
import dev.parley.platform.text.VisibleText;
import dev.parley.surface.chatcore.AttachmentView;
import dev.parley.surface.chatcore.IdempotencyKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client asks to send: {@code SendData} of the contract. */
record SendRequest(
        List<Block> blocks,
        @Nullable String replyTo,
        @Nullable String tempId) {

    private static final String IS_ENCRYPTED = "isEncrypted";
    private static final String ENCRYPTED_CONTENT = "encryptedContent";
    private static final int MAX_ID = 128;
    private static final int MAX_URL = 2_048;
    private static final int MAX_NAME = 255;
    private static final long MAX_FILE_SIZE = 1L << 40;

    /** The longest side of a picture, in pixels. */
    private static final int MAX_SIDE = 100_000;

    /** A week, in seconds. */
    private static final double MAX_DURATION = 604_800;

    /** @throws ApiException naming every offending field */
    static SendRequest read(String json, @Nullable String idempotencyKey, MessageSettings settings, FileUrls urls) {
        RawJson body = RawJson.parse(json);
        Fields fields = Fields.of(body.tree());
        List<Block> blocks = new ArrayList<>();
        String text = fields.optionalWrittenText("text", 0, settings.maxTextLength());
        String replyTo = fields.optionalText("replyTo", 1, MAX_ID);
        String tempId = fields.optionalText("tempId", 1, MAX_ID);
        IdempotencyKey.check(idempotencyKey, fields);
        if (text != null && !VisibleText.isBlank(text)) {
            blocks.add(Block.Text.plain(text));
        }
        fields.objects("attachments", settings.maxAttachments()).forEach(each -> blocks.add(attachment(each, urls)));
        String encrypted = encrypted(fields, body, settings.maxEncryptedLength());
        if (encrypted != null) {
            blocks.add(new Block.Encrypted(encrypted));
        }
        fields.verify();
        boolean hasBlankText = text != null && !text.isEmpty() && VisibleText.isBlank(text);
        if (blocks.isEmpty() || hasBlankText) {
            throw ApiException.of(
                    MessageError.EMPTY_MESSAGE,
                    hasBlankText
                            ? "The text shows nothing: write something, or leave it out"
                            : "Send text, encrypted content or at least one attachment");
        }
        return new SendRequest(blocks, replyTo, tempId == null ? idempotencyKey : tempId);
    }

    /** Names the attachment by which a file was given. */
    FieldNames names() {
        // One for each attachment, also for those that are kept elsewhere: the index has to be theirs.
        List<String> fileIds = blocks.stream()
                .filter(Block.Media.class::isInstance)
                .map(block -> Objects.requireNonNullElse(((Block.Media) block).fileId(), ""))
                .toList();
        FieldNames attachments = FieldNames.ofList("file", "attachments", fileIds);
        return subject -> attachments.of(subject).map(attachment -> attachment + ".fileId");
    }

    /** The encrypted content as the sender wrote it: to check a signature of it, every character is needed. */
    private static @Nullable String encrypted(Fields fields, RawJson body, int maxLength) {
        boolean announced = fields.has(IS_ENCRYPTED);
        boolean isEncrypted = announced && fields.flag(IS_ENCRYPTED);
        if (!fields.has(ENCRYPTED_CONTENT)) {
            if (isEncrypted) {
                fields.reject(ENCRYPTED_CONTENT, "required", "is required where " + IS_ENCRYPTED + " is true");
            }
            return null;
        }
        if (announced && !isEncrypted) {
            fields.reject(IS_ENCRYPTED, "contradiction", "must be true where there is " + ENCRYPTED_CONTENT);
        }
        String content = body.textOf(ENCRYPTED_CONTENT);
        if (TextLength.of(content) > maxLength) {
            fields.reject(ENCRYPTED_CONTENT, "too-long", "must have at most " + maxLength + " characters of JSON");
        }
        return content;
    }

    /** A file of the platform by its id, and nothing else counts. Or one elsewhere, as the sender declares it. */
    private static Block.Media attachment(Fields file, FileUrls urls) {
        if (file.has("fileId")) {
            String url = file.optionalText("url", 0, MAX_URL);
            if (url != null && !urls.isOwn(url)) {
                file.reject("url", "contradiction", "must be left out where there is a fileId");
            }
            return AttachFiles.named(file.text("fileId", 1, MAX_ID));
        }
        return fileElsewhere(file, urls);
    }

    /** Only its form is checked. */
    private static Block.Media fileElsewhere(Fields file, FileUrls urls) {
        Fields dimensions = file.optionalObject("dimensions");
        String type = file.text("type", 1, MAX_ID);
        Block.MediaKind kind = AttachmentView.TYPES.get(type);
        if (kind == null && !type.isEmpty()) {
            file.reject("type", "unknown", "must be image, video, audio or document");
        }
        return Block.Media.elsewhere(
                kind == null ? Block.MediaKind.FILE : kind,
                file.text("id", 1, MAX_ID),
                url(file, "url", file.text("url", 1, MAX_URL), urls),
                file.has("thumbnailUrl")
                        ? url(file, "thumbnailUrl", file.text("thumbnailUrl", 1, MAX_URL), urls)
                        : null,
                file.name("filename", MAX_NAME),
                file.text("mimeType", 1, MAX_NAME),
                file.number("size", 0, MAX_FILE_SIZE),
                dimensions == null ? null : (int) dimensions.number("width", 1, MAX_SIDE),
                dimensions == null ? null : (int) dimensions.number("height", 1, MAX_SIDE),
                file.optionalDecimal("duration", 0, MAX_DURATION));
    }

    /** Accepts addresses that are encrypted on the way, never a script. An empty one is refused elsewhere. */
    private static String url(Fields file, String field, String given, FileUrls urls) {
        if (given.isEmpty()) {
            return given;
        }
        if (urls.isOwn(given)) {
            // Its signature expires.
            file.reject(field, "own-file", "is that of a file here: name it by its fileId");
        }
        try {
            URI url = new URI(given);
            if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
                file.reject(field, "format", "must be an https address");
            }
        } catch (URISyntaxException malformed) {
            file.reject(field, "format", "must be an https address");
        }
        return given;
    }
}
