package dev.parley.presence.chatcore;

import dev.parley.presence.FanoutSettings;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.TestPropertySource;

/** All nodes of the tests of a class read only what the router writes to them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Directed.OtherNodes.class)
@TestPropertySource(properties = FanoutSettings.DIRECTED + "=true")
@interface Directed {

    /** Those that the tests start, too. */
    final class OtherNodes implements BeforeAllCallback, AfterAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            OtherNode.directed = true;
        }

        @Override
        public void afterAll(ExtensionContext context) {
            OtherNode.directed = false;
        }
    }
}
