package dev.parley.platform.fetch;

import dev.parley.platform.error.ErrorCode;
import java.util.Set;

/**
 * What may come from an address.
 *
 * @param maxSize bytes
 * @param types the media types, in lower case and without parameters
 * @param tooLarge the error of an answer that is larger
 * @param otherType the error of an answer of another type
 */
public record FetchLimits(long maxSize, Set<String> types, ErrorCode tooLarge, ErrorCode otherType) {}
