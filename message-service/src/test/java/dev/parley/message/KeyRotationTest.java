package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The service started again and again with other master keys. */
class KeyRotationTest {

    private static final String OLD =
            "--parley.encryption.master-keys.rotation-old=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String NEW =
            "--parley.encryption.master-keys.rotation-new=YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=";

    private final String user = "user-" + Ids.next();

    @Test
    void readsEverythingWithoutTheOldMasterKeyAfterARotation() {
        TestUsers.register("acme", user);
        List<String> conversations = List.of(Ids.next(), Ids.next(), Ids.next());
        conversations.forEach(id -> StubConversations.admit(id, user));
        try (ConfigurableApplicationContext service = start(OLD)) {
            conversations.forEach(id -> assertThat(client(service)
                            .post(path(id), Map.of("text", "in " + id))
                            .status())
                    .isEqualTo(201));
            assertThat(masterKeys(service, conversations)).containsOnly("rotation-old");
        }
        try (ConfigurableApplicationContext service = start(
                OLD, NEW, "--parley.encryption.current-key=rotation-new", "--parley.encryption.rotation-batch=2")) {
            requireReadable(service, conversations);
            Until.satisfied(() -> assertThat(masterKeys(service, conversations)).containsExactly("rotation-new"));
            requireReadable(service, conversations);
        }
        try (ConfigurableApplicationContext service = start(NEW)) {
            requireReadable(service, conversations);
        }
    }

    private static List<String> masterKeys(ConfigurableApplicationContext service, List<String> conversations) {
        return service.getBean(ReactiveMongoTemplate.class)
                .findAll(Document.class, "conversationKeys")
                .filter(key -> conversations.contains(key.getString("_id")))
                .map(key -> key.getString("masterKeyId"))
                .distinct()
                .collectList()
                .block();
    }

    private void requireReadable(ConfigurableApplicationContext service, List<String> conversations) {
        for (String id : conversations) {
            assertThat(client(service)
                            .get(path(id))
                            .body()
                            .path("data")
                            .path(0)
                            .path("content")
                            .path("text")
                            .asString(""))
                    .isEqualTo("in " + id);
        }
    }

    private static String path(String conversationId) {
        return "/api/v1/conversations/" + conversationId + "/messages";
    }

    private ApiClient client(ConfigurableApplicationContext service) {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new ApiClient(port, TestTokens.tokenFor(user, "acme"));
    }

    /** A service that is closed takes the shared threads with it, on which the stubs run. */
    private static void withThreadsOfItsOwn(ConfigurableApplicationContext service) {
        ReactorResourceFactory threads = new ReactorResourceFactory();
        threads.setUseGlobalResources(false);
        threads.setShutdownQuietPeriod(Duration.ZERO);
        ((GenericApplicationContext) service).registerBean(ReactorResourceFactory.class, () -> threads);
    }

    private static ConfigurableApplicationContext start(String... keys) {
        List<String> arguments = new ArrayList<>(List.of(keys));
        arguments.add("--spring.config.name=message-service");
        arguments.add("--server.port=0");
        arguments.add("--parley.encryption.mode=server");
        DynamicPropertyRegistry parts = (name, value) -> arguments.add("--" + name + "=" + value.get());
        EmbeddedParts.register(parts);
        parts.add("parley.services.auth", TestUsers::url);
        parts.add("parley.services.conversation", StubConversations::url);
        return new SpringApplicationBuilder(MessageServiceApplication.class)
                .initializers(KeyRotationTest::withThreadsOfItsOwn)
                .run(arguments.toArray(String[]::new));
    }
}
