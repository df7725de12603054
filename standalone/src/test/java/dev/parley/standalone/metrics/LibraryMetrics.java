package dev.parley.standalone.metrics;

import java.util.List;
import java.util.Set;

/** What comes from the libraries, as far as the alerts and the dashboards use it. */
final class LibraryMetrics {

    static final List<MetricRow> ALL = List.of(
            row(
                    "http_server_requests_seconds",
                    "summary",
                    "Requests that were answered",
                    "method",
                    "status",
                    "uri",
                    "outcome",
                    "exception",
                    "error"),
            row(
                    "spring_cloud_gateway_requests_seconds",
                    "summary",
                    "gateway-service: requests that were passed on, by route",
                    "routeId",
                    "routeUri",
                    "outcome",
                    "status",
                    "httpStatusCode",
                    "httpMethod"),
            row(
                    "resilience4j_circuitbreaker_state",
                    "gauge",
                    "gateway-, notification-service: 1 for the state in which a circuit breaker is",
                    "name",
                    "state"),
            row(
                    "mongodb_driver_commands_seconds",
                    "summary",
                    "Commands to the store",
                    "command",
                    "status",
                    "collection",
                    "cluster_id",
                    "server_address",
                    "database"),
            row(
                    "mongodb_driver_pool_size",
                    "gauge",
                    "Connections to the store, those that are not in use too",
                    "cluster_id",
                    "server_address"),
            row(
                    "mongodb_driver_pool_checkedout",
                    "gauge",
                    "Connections to the store that are in use",
                    "cluster_id",
                    "server_address"),
            row(
                    "mongodb_driver_pool_waitqueuesize",
                    "gauge",
                    "Commands that wait for a connection to the store",
                    "cluster_id",
                    "server_address"),
            row(
                    "cache_gets_total",
                    "counter",
                    "Questions to a cache, by whether it had the answer",
                    "cache",
                    "name",
                    "cache_manager",
                    "result"),
            row("cache_size", "gauge", "Entries of a cache", "cache", "name", "cache_manager"),
            row("logback_events_total", "counter", "Lines that were logged", "level"),
            row("jvm_memory_used_bytes", "gauge", "Memory of the JVM in use", "area", "id"),
            row("jvm_memory_max_bytes", "gauge", "The most that the JVM may use", "area", "id"),
            row("jvm_gc_pause_seconds", "summary", "Pauses of the garbage collector", "action", "cause", "gc"),
            row("jvm_threads_live_threads", "gauge", "Threads"),
            row("process_cpu_usage", "gauge", "CPU that the process uses, as a part of all of the machine's"),
            row("process_uptime_seconds", "gauge", "Time since the process started"),
            row("process_files_open_files", "gauge", "Files and sockets that are open"),
            row("process_files_max_files", "gauge", "Files and sockets that may be open"));

    private LibraryMetrics() {}

    private static MetricRow row(String name, String type, String text, String... labels) {
        return new MetricRow(name, type, Set.of(labels), text);
    }
}
