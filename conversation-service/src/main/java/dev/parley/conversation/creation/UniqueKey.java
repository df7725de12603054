package dev.parley.conversation.creation;

import dev.parley.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * What there may be only one conversation for.
 *
 * @param value a pair of users, or a request to create a conversation
 * @param fingerprint of what the request asks for; null for a pair of users, who can ask for nothing else
 */
record UniqueKey(String value, @Nullable String fingerprint) {

    /** Whether the conversation with this key may be what is asked for; that of one without a fingerprint is not known. */
    boolean fits(Conversation earlier) {
        return fingerprint == null || earlier.fingerprint() == null || fingerprint.equals(earlier.fingerprint());
    }
}
