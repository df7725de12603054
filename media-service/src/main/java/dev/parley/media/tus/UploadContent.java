package dev.parley.media.tus;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/**
 * What a request sends of an upload.
 *
 * @param length bytes; negative if the request does not say it
 * @param checksum null if the request says none
 */
record UploadContent(
        Flux<DataBuffer> body, long length, @Nullable UploadChecksum checksum) {}
