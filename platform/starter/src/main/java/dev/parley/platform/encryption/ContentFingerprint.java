package dev.parley.platform.encryption;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.Block;
import dev.parley.events.ReplyReference;
import dev.parley.platform.id.Fingerprint;
import tools.jackson.databind.json.JsonMapper;

/** Tells whether two messages say the same, without keeping what they say. */
public final class ContentFingerprint {

    /** Without what is absent: a member that a later version adds does not change the fingerprint. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private ContentFingerprint() {}

    /** Of what a sender chose: the conversation, the title, the blocks, and which message it answers. */
    public static String of(String conversationId, MessageContent content) {
        ReplyReference reply = content.replyTo();
        return Fingerprint.of(
                conversationId,
                reply == null ? null : reply.messageId(),
                content.title(),
                JSON.writeValueAsString(content.blocks().stream()
                        .map(ContentFingerprint::chosen)
                        .toList()));
    }

    /** Of a file that the platform keeps the sender chose nothing but which one it is: what is known of it may grow. */
    private static Block chosen(Block block) {
        return block instanceof Block.Media media && media.fileId() != null
                ? Block.Media.kept(Block.MediaKind.FILE, media.fileId(), "", "", 0)
                : block;
    }
}
