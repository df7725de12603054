package dev.parley.notification;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What tests of the whole service have in common: one that runs for all of them, with users of its own for each test. */
@ExtendWith(EveryQueryHasAnIndex.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=notification-service",
            // The nodes of tests say what is open once.
            "parley.notification.audience.node-silence=1m",
            "parley.notification.audience.check-interval=100ms",
            "parley.notification.audience.page-size=20"
        })
public abstract class NotificationServiceTest {

    public static final String TENANT = "acme";

    @LocalServerPort
    private int port;

    protected final String alice = "alice-" + Ids.next();
    protected final String bob = "bob-" + Ids.next();
    protected final String conversation = Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.conversation", StubConversations::url);
        properties.add("parley.notification.webhook.tenants." + TENANT + ".url", PushReceiver::url);
        properties.add("parley.notification.webhook.tenants." + TENANT + ".secret", () -> PushReceiver.SECRET);
    }

    protected ApiClient as(String userId) {
        return as(userId, TENANT);
    }

    protected ApiClient as(String userId, String tenantId) {
        return new ApiClient(port, TestTokens.tokenFor(userId, tenantId));
    }

    /** As another service. */
    protected ApiClient asService() {
        return as("service").with("Authorization", StubAnswers.CREDENTIALS);
    }
}
