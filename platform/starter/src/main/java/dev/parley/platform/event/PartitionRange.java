package dev.parley.platform.event;

/**
 * What there is of a partition when a reader begins.
 *
 * @param next the offset of the first record that is read
 * @param end the offset after the last record that is there
 */
public record PartitionRange(long next, long end) {}
