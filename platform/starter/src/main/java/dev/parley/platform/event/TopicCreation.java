package dev.parley.platform.event;

import dev.parley.platform.boot.Reachability;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.NetworkException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics that are missing while the service starts. A broker that is away fails the start: Kafka's own client would look for it
 * for as long as a busy broker may take to create topics.
 */
final class TopicCreation implements SmartInitializingSingleton {

    private final KafkaAdmin admin;

    TopicCreation(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<InetSocketAddress> servers =
                ClientUtils.parseAndValidateAddresses(new AdminClientConfig(admin.getConfigurationProperties()));
        if (!Reachability.awaitAnyOf(servers)) {
            throw new NetworkException("None of " + servers + " takes connections");
        }
        admin.initialize();
    }
}
