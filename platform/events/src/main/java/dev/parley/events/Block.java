package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
    final class Format extends OpenValue {

        public static final Format PLAIN = new Format("PLAIN");
        public static final Format MARKDOWN = new Format("MARKDOWN");
        public static final Format HTML = new Format("HTML");

        private static final List<Format> KNOWN = List.of(PLAIN, MARKDOWN, HTML);

        private Format(String name) {
            super(name);
        }

        @JsonCreator
        public static Format of(String name) {
            return find(name, KNOWN).orElseGet(() -> new Format(name));
        }
    }

    /** What kind of file a media block shows. */
    final class MediaKind extends OpenValue {

        public static final MediaKind IMAGE = new MediaKind("IMAGE");
        public static final MediaKind VIDEO = new MediaKind("VIDEO");
        public static final MediaKind AUDIO = new MediaKind("AUDIO");
        public static final MediaKind FILE = new MediaKind("FILE");

        private static final List<MediaKind> KNOWN = List.of(IMAGE, VIDEO, AUDIO, FILE);

        private MediaKind(String name) {
            super(name);
        }

        @JsonCreator
        public static MediaKind of(String name) {
            return find(name, KNOWN).orElseGet(() -> new MediaKind(name));
        }
    }

    /**
     * Written text.
     *
     * @param content the text as its author wrote it, in {@code format}
     * @param plainText the same without markup: what is previewed and searched
     * @param unknownMembers what a later version added
     */
    @JsonIgnoreProperties("type")
    record Text(
            Format format,
            String content,
            String plainText,

            @KeptMembers Map<String, @Nullable Object> unknownMembers) implements Block {

        public Text {
            unknownMembers = JsonMembers.of(unknownMembers);
        }

        public Text(Format format, String content, String plainText) {
            this(format, content, plainText, Map.of());
        }

        public static Text plain(String text) {
            return new Text(Format.PLAIN, text, text);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /**
     * A file, shown according to its kind: one that the platform keeps, or one that its sender keeps elsewhere.
     *
     * @param id what clients call the attachment: {@code fileId}, or what the sender calls it
     * @param fileId of a file that the platform keeps; its addresses are made when it is shown
     * @param url of a file elsewhere; null if there is a {@code fileId}
     * @param thumbnailUrl of a small picture elsewhere; null if there is a {@code fileId}
     * @param size in bytes
     * @param width in pixels, as seen
     * @param height in pixels, as seen
     * @param duration in seconds
     * @param waveform how loud it is from its beginning to its end, each from 0 to 1
     * @param hasThumbnail whether the platform keeps a small picture of it; null if not, or not yet
     * @param unknownMembers what a later version added
     */
    @JsonIgnoreProperties("type")
    record Media(
            MediaKind kind,
            String id,
            @Nullable String fileId,
            @Nullable String url,
            @Nullable String thumbnailUrl,
            String filename,
            String mimeType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double duration,
            @Nullable List<Double> waveform,
            @Nullable Boolean hasThumbnail,

            @KeptMembers Map<String, @Nullable Object> unknownMembers)
            implements Block {

        public Media {
            unknownMembers = JsonMembers.of(unknownMembers);
        }

        /** A file that its sender keeps elsewhere. */
        public static Media elsewhere(
                MediaKind kind,
                String id,
                String url,
                @Nullable String thumbnailUrl,
                String filename,
                String mimeType,
                long size,
                @Nullable Integer width,
                @Nullable Integer height,
                @Nullable Double duration) {
            return new Media(
                    kind,
                    id,
                    null,
                    url,
                    thumbnailUrl,
                    filename,
                    mimeType,
                    size,
                    width,
                    height,
                    duration,
                    null,
                    null,
                    Map.of());
        }

        /** A file that the platform keeps, before anything was made of it. */
        public static Media kept(MediaKind kind, String fileId, String filename, String mimeType, long size) {
            return new Media(
                    kind, fileId, fileId, null, null, filename, mimeType, size, null, null, null, null, null, Map.of());
        }

        /** The ids of the files among these blocks that the platform keeps, each once. */
        public static List<String> fileIds(List<Block> blocks) {
            return blocks.stream()
                    .filter(Media.class::isInstance)
                    .flatMap(block -> Stream.ofNullable(((Media) block).fileId()))
                    .distinct()
                    .toList();
        }

        /** The same file with what was made of it. What is not known stays as it is. */
        public Media with(
                @Nullable Integer newWidth,
                @Nullable Integer newHeight,
                @Nullable Double newDuration,
                @Nullable List<Double> newWaveform,
                boolean thumbnail) {
            return new Media(
                    kind,
                    id,
                    fileId,
                    url,
                    thumbnailUrl,
                    filename,
                    mimeType,
                    size,
                    newWidth == null ? width : newWidth,
                    newHeight == null ? height : newHeight,
                    newDuration == null ? duration : newDuration,
                    newWaveform == null ? waveform : newWaveform,
                    thumbnail ? Boolean.TRUE : hasThumbnail,
                    unknownMembers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.media(this);
        }
    }

    /**
     * What a sender encrypted. Nobody but the recipients can read it, so it is kept and relayed as it came.
     *
     * @param content JSON as the sender wrote it
     * @param unknownMembers what a later version added
     */
    @JsonIgnoreProperties("type")
    record Encrypted(String content, @KeptMembers Map<String, @Nullable Object> unknownMembers) implements Block {

        public Encrypted {
            unknownMembers = JsonMembers.of(unknownMembers);
        }

        public Encrypted(String content) {
            this(content, Map.of());
        }

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
     * @param unknownMembers what a later version added
     */
    @JsonIgnoreProperties("type")
    record Sealed(
            String keyId,
            String content,
            @Nullable List<MediaKind> media,

            @KeptMembers Map<String, @Nullable Object> unknownMembers)
            implements Block {

        public Sealed {
            unknownMembers = JsonMembers.of(unknownMembers);
        }

        public Sealed(String keyId, String content, @Nullable List<MediaKind> media) {
            this(keyId, content, media, Map.of());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sealed(this);
        }
    }

    /** What a notice tells of. */
    final class NoticeKind extends OpenValue {

        /** What becomes of the memberships of those whom a notice is about. */
        public enum Effect {
            JOINS,
            LEAVES,
            CHANGES_ROLE,
            /** Nothing, or nothing that this version knows of. */
            NONE
        }

        public static final NoticeKind MEMBERS_ADDED = new NoticeKind("MEMBERS_ADDED", Effect.JOINS);
        public static final NoticeKind MEMBER_REMOVED = new NoticeKind("MEMBER_REMOVED", Effect.LEAVES);
        public static final NoticeKind MEMBER_LEFT = new NoticeKind("MEMBER_LEFT", Effect.LEAVES);
        public static final NoticeKind ROLE_CHANGED = new NoticeKind("ROLE_CHANGED", Effect.CHANGES_ROLE);

        private static final List<NoticeKind> KNOWN = List.of(MEMBERS_ADDED, MEMBER_REMOVED, MEMBER_LEFT, ROLE_CHANGED);

        private final Effect effect;

        private NoticeKind(String name, Effect effect) {
            super(name);
            this.effect = effect;
        }

        @JsonCreator
        public static NoticeKind of(String name) {
            return find(name, KNOWN).orElseGet(() -> new NoticeKind(name, Effect.NONE));
        }

        public Effect effect() {
            return effect;
        }
    }

    /**
     * A change of a conversation's membership. It takes effect at the position of its message: those who come see that message
     * as their first, those who go as their last. The message's sender is who made the change.
     *
     * @param members whom it is about, with the role that they have from then on or had last
     * @param plainText the notice in words
     * @param unknownMembers what a later version added
     */
    @JsonIgnoreProperties("type")
    record Notice(
            NoticeKind kind,
            List<Participant> members,
            String plainText,

            @KeptMembers Map<String, @Nullable Object> unknownMembers)
            implements Block {

        public Notice {
            unknownMembers = JsonMembers.of(unknownMembers);
            members = Objects.requireNonNullElse(members, List.of());
            plainText = Objects.requireNonNullElse(plainText, "");
        }

        public Notice(NoticeKind kind, List<Participant> members, String plainText) {
            this(kind, members, plainText, Map.of());
        }

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
    record Unknown(@JsonTypeId String type, @KeptMembers Map<String, @Nullable Object> members) implements Block {

        private static final List<String> TEXT_MEMBERS = List.of("plainText", "content", "text");

        public Unknown {
            members = JsonMembers.of(members);
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
