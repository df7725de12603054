package dev.parley.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.internalapi.InternalApiChecks;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test in which a service or a stub was asked, or answered, otherwise than the documents of internal endpoints say, or
 * was started with an endpoint that is not documented. JUnit finds this by itself for every test.
 */
public final class InternalApiExtension implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    /** What was called before the first test and after the last one. */
    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    private static void check() {
        assertThat(InternalApiChecks.shared().take())
                .as("calls of internal endpoints are as documented (platform/internal-api)")
                .isEmpty();
    }
}
