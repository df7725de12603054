package dev.parley.standalone.backing;

import org.jspecify.annotations.Nullable;

/**
 * Which store and broker to use.
 *
 * @param mongoUri a MongoDB to use instead of the embedded store
 * @param kafkaServers a Kafka cluster to use instead of the embedded broker
 * @param searchPath folders to look for a {@code mongod} in, to be used instead of the embedded store
 */
public record BackingOptions(
        @Nullable String mongoUri,
        @Nullable String kafkaServers,
        @Nullable String searchPath) {}
