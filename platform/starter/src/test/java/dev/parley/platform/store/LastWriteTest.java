package dev.parley.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.context.DynamicPropertyRegistry;

/** What a service stores while it stops is stored, although its web server stops before. */
class LastWriteTest {

    private static final String ID = Ids.next();
    private static final Duration SOON = Duration.ofSeconds(20);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        /** Its own, which stop with the service, as those of a service that is alone in its process do. */
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }

        @Bean
        DisposableBean lastWrite(ReactiveMongoTemplate mongo) {
            return () -> mongo.insert(new Document("_id", ID), "last").block(SOON);
        }
    }

    @Test
    void isStored() {
        Map<String, String> parts = new HashMap<>();
        DynamicPropertyRegistry registry = (name, value) -> parts.put(name, String.valueOf(value.get()));
        EmbeddedParts.register(registry);
        List<String> arguments = new ArrayList<>(List.of("--spring.application.name=last-write", "--server.port=0"));
        parts.forEach((name, value) -> arguments.add("--" + name + "=" + value));

        new SpringApplicationBuilder(Service.class)
                .run(arguments.toArray(String[]::new))
                .close();

        String uri = parts.get("spring.mongodb.uri");
        try (MongoClient client = MongoClients.create(uri)) {
            ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, uri.replaceAll(".*/([^?]*).*", "$1"));
            assertThat(mongo.findById(ID, Document.class, "last").block(SOON)).isNotNull();
        }
    }
}
