package dev.parley.standalone.service;

import java.time.Duration;
import java.util.Map;

/**
 * How the nodes of services are run.
 *
 * @param counts how many nodes a service has, by its name; more than one means that each is a process of its own
 * @param heap the heap of each such process, as the JVM reads it
 * @param startLimit how long such a process may take to start
 */
public record NodeOptions(Map<String, Integer> counts, String heap, Duration startLimit) {

    public int countOf(String service) {
        return counts.getOrDefault(service, 1);
    }
}
