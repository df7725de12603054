package dev.parley.presence.transport;

import org.junit.jupiter.api.extension.Extension;
import reactor.blockhound.BlockHound;

/**
 * Watches all tests for calls that block an event loop. BlockHound's own listener would do so too in the process that only
 * looks for the tests, which is Maven's where they run in two others.
 */
public final class BlockingWatch implements Extension {

    static {
        BlockHound.install();
    }
}
