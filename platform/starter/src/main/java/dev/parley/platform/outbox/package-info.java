/** Publishes the events that documents carry until Kafka has them. */
package dev.parley.platform.outbox;
