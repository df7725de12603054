package dev.parley.notification;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TraceReceiver;
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
            "parley.notification.audience.page-size=20",
            "parley.notification.digest.from=Parley <digest@chat.example.org>",
            "parley.notification.digest.public-url=https://chat.example.org/",
            "parley.notification.digest.link-key=what links in the e-mails of tests are signed with",
            "parley.notification.digest.enabled-by-tenant." + NotificationServiceTest.WITHOUT_EMAILS + "=false",
            "parley.notification.digest.poll-interval=100ms"
        })
public abstract class NotificationServiceTest {

    public static final String TENANT = "acme";

    /** A tenant that has e-mails switched off. */
    public static final String WITHOUT_EMAILS = "silent";

    @LocalServerPort
    private int port;

    protected final String alice = "alice-" + Ids.next();
    protected final String bob = "bob-" + Ids.next();
    protected final String conversation = Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        TraceReceiver.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.conversation", StubConversations::url);
        properties.add("parley.services.presence", StubNeighbours::url);
        properties.add("parley.services.message", StubNeighbours::url);
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", MailServer::port);
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
