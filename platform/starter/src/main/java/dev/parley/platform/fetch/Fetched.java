package dev.parley.platform.fetch;

/**
 * What an address gave.
 *
 * @param mimeType in lower case and without parameters, as the server calls it
 * @param content nobody else has it
 */
public record Fetched(String mimeType, byte[] content) {}
