/** Publishes events to Kafka, and reads them from it. */
package dev.parley.platform.event;
