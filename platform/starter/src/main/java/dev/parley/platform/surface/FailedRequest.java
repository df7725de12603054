package dev.parley.platform.surface;

/**
 * What an error answer tells of the request.
 *
 * @param path the path of the request
 * @param traceId under which the log has more of it
 */
public record FailedRequest(String path, String traceId) {}
