package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a message's content. A list of blocks is the canonical content of a message; text with attachments and
 * title with content are views of it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = Block.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Block.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Block.Media.class, name = "media"),
    @JsonSubTypes.Type(value = Block.Encrypted.class, name = "encrypted"),
    @JsonSubTypes.Type(value = Block.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = Block.Sealed.class, name = "sealed")
})
public sealed interface Block {

    /** What the content is written in. */
    enum Format {
        PLAIN,
        MARKDOWN,
        HTML
    }

    /** What kind of file a media block shows. */
    enum MediaKind {
        IMAGE,
        VIDEO,
        AUDIO,
        FILE
    }

    /**
     * Written text.
     *
     * @param content the text as its author wrote it, in {@code format}
     * @param plainText the same without markup: what is previewed and searched
     */
    record Text(Format format, String content, String plainText) implements Block {

        public static Text plain(String text) {
            return new Text(Format.PLAIN, text, text);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /**
     * A file, shown according to its kind.
     *
     * @param id the sender's or the media service's id of the attachment
     * @param size in bytes
     * @param width in pixels
     * @param height in pixels
     * @param duration in seconds
     */
    record Media(
            MediaKind kind,
            String id,
            String url,
            @Nullable String thumbnailUrl,
            String filename,
            String mimeType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double duration)
            implements Block {

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.media(this);
        }
    }

    /**
     * What a sender encrypted. Nobody but the recipients can read it, so it is kept and relayed as it came.
     *
     * @param content JSON as the sender wrote it
     */
    record Encrypted(String content) implements Block {

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.encrypted(this);
        }
    }

    /**
     * The contents of a message, sealed by the platform: its title, its blocks and what it says of the message it answers.
     * Stands alone. Whoever shows the message opens it first.
     *
     * @param keyId the data key of the conversation
     * @param content sealed, in Base64
     * @param media of which kinds its files are, one for each, for those who choose messages by that without opening them;
     *     null in what was sealed before that was kept
     */
    record Sealed(String keyId, String content, @Nullable List<MediaKind> media) implements Block {

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sealed(this);
        }
    }

    /** What a notice tells of. */
    enum NoticeKind {
        MEMBERS_ADDED,
        MEMBER_REMOVED,
        MEMBER_LEFT,
        ROLE_CHANGED
    }

    /**
     * A change of a conversation's membership. It takes effect at the place of its message: those who come see that message
     * as their first, those who go as their last. The message's sender is who made the change.
     *
     * @param members whom it is about, with the role that they have from then on or had last
     * @param plainText the notice in words
     */
    record Notice(NoticeKind kind, List<Participant> members, String plainText) implements Block {

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.notice(this);
        }
    }

    /**
     * A block of a later version, as it came. Whoever writes the message again writes the same members.
     *
     * @param type its wire name
     * @param members its JSON without the {@code type}, as maps, lists, strings, numbers and booleans
     */
    record Unknown(
            @JsonTypeId String type,
            @JsonAnyGetter @JsonAnySetter Map<String, @Nullable Object> members) implements Block {

        private static final List<String> TEXT_MEMBERS = List.of("plainText", "content", "text");

        public Unknown {
            members = members == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** What can be shown of it to people. */
        public Optional<String> text() {
            return TEXT_MEMBERS.stream()
                    .map(members::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(text -> !text.isBlank())
                    .findFirst();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unknown(this);
        }
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each type of block. */
    interface Visitor<R> {
        R text(Text text);

        R media(Media media);

        R encrypted(Encrypted encrypted);

        R notice(Notice notice);

        R sealed(Sealed sealed);

        /** Of a later version than this reader. */
        R unknown(Unknown unknown);
    }
}
