package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.embedded.store.settings.Credentials;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with a password: on the port of its clients, and on that of the controller, which takes commands too. */
class EmbeddedBrokerTest {

    private static final Credentials CREDENTIALS = new Credentials("parley", "a-Password_1");
    private static final String TOPIC = "things";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    /** On a folder of a broker that had no password, as every folder was before there were passwords. */
    @BeforeAll
    static void start() throws Exception {
        try (EmbeddedBroker open = EmbeddedBroker.start(directory, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", open.bootstrapServers()))) {
            assertThat(open.clientProperties()).isEmpty();
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        broker = EmbeddedBroker.start(directory, 0, CREDENTIALS);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void servesWhoeverHasThePassword() throws Exception {
        Map<String, Object> settings = new HashMap<>(broker.clientProperties());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>(TOPIC, "thing"))
                            .get(30, TimeUnit.SECONDS)
                            .offset())
                    .isZero();
            assertThat(admin.listTopics().names().get()).contains(TOPIC);
        }
    }

    @Test
    void refusesAnotherPasswordOnBothPorts() {
        String wrong = broker.clientProperties().get("sasl.jaas.config").replace("Password_1", "Password_2");
        for (Map<String, String> address : ports()) {
            Map<String, Object> settings = new HashMap<>(broker.clientProperties());
            settings.put("sasl.jaas.config", wrong);
            settings.putAll(address);
            try (Admin admin = Admin.create(settings)) {
                assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
        }
    }

    /** It gets no answer: not even to which versions the broker speaks. */
    @Test
    void tellsNothingToWhoeverHasNoPassword() {
        for (Map<String, String> address : ports()) {
            Map<String, Object> settings = new HashMap<>(address);
            settings.put("default.api.timeout.ms", 1_500);
            settings.put("request.timeout.ms", 1_000);
            try (Admin admin = Admin.create(settings)) {
                assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    private static List<Map<String, String>> ports() {
        return List.of(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("bootstrap.controllers", "127.0.0.1:" + broker.controllerPort()));
    }
}
