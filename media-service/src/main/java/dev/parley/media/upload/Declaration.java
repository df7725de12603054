package dev.parley.media.upload;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to upload, as it was given.
 *
 * @param size bytes
 * @param sha256 in lower-case hexadecimal; null if it is not known
 * @param conversationId the conversation that it is for; null if that is not known yet
 */
public record Declaration(
        String filename,
        String mimeType,
        long size,
        @Nullable String sha256,
        @Nullable String conversationId) {}
