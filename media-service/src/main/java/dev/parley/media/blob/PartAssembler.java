package dev.parley.media.blob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** Makes parts of equal size of what comes in buffers of any size. Only the last part may be smaller, or empty. For one content. */
public final class PartAssembler {

    /**
     * @param number from 1
     * @param last whether there is no other behind it
     */
    public record Part(int number, byte[] bytes, boolean last) {}

    /** Buffers that are asked for while a part is being sent. */
    private static final int MAX_WAITING = 8;

    private static final byte[] NONE = {};

    private final int partBytes;
    private final long maxSize;
    private byte[] part = NONE;
    private int filled;
    private int number;
    private long size;

    public PartAssembler(int partBytes, long maxSize) {
        this.partBytes = partBytes;
        this.maxSize = maxSize;
    }

    /** Fails with {@link dev.parley.media.MediaError#TOO_LARGE}. */
    public Flux<Part> of(Flux<DataBuffer> content) {
        return content.concatMapIterable(this::add, MAX_WAITING)
                .concatWith(Flux.defer(() -> Flux.just(take(true))))
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    /** Bytes of all parts. */
    public long size() {
        return size;
    }

    /** A full part is taken when more comes: only then it is known not to be the last. */
    private List<Part> add(DataBuffer buffer) {
        try {
            size += buffer.readableByteCount();
            if (size > maxSize) {
                throw BlobLimit.exceeded(maxSize);
            }
            List<Part> full = new ArrayList<>(1);
            while (buffer.readableByteCount() > 0) {
                if (filled == partBytes) {
                    full.add(take(false));
                }
                int count = Math.min(buffer.readableByteCount(), partBytes - filled);
                makeRoomFor(filled + count);
                buffer.read(part, filled, count);
                filled += count;
            }
            return full;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /** Small contents take little memory. */
    private void makeRoomFor(int count) {
        if (count > part.length) {
            part = Arrays.copyOf(part, Math.min(partBytes, Math.max(count, 2 * part.length)));
        }
    }

    private Part take(boolean last) {
        byte[] bytes = filled == part.length ? part : Arrays.copyOf(part, filled);
        part = NONE;
        filled = 0;
        return new Part(++number, bytes, last);
    }
}
