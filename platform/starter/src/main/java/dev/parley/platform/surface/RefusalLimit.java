package dev.parley.platform.surface;

import dev.parley.platform.error.ApiException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the requests of an address that were refused because of the client. */
@FunctionalInterface
public interface RefusalLimit {

    /** Where nobody counts. */
    RefusalLimit NONE = address -> Optional.empty();

    /** @return what to answer in place of the refusal; empty if the address may go on */
    Optional<ApiException> count(@Nullable InetSocketAddress address);
}
