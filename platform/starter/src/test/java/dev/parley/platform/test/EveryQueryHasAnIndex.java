package dev.parley.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which there is a query that read a whole collection, or sorted what it found in memory. */
public final class EveryQueryHasAnIndex implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        EmbeddedParts.forgetQueries();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(EmbeddedParts.unindexedQueries()).isEmpty();
    }
}
