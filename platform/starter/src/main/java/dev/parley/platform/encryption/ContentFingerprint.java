package dev.parley.platform.encryption;

import com.fasterxml.jackson.annotation.JsonInclude;
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
                JSON.writeValueAsString(content.blocks()));
    }
}
