package dev.parley.standalone.lifecycle;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until something that was started can be used. */
public final class ReadinessProbe {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private ReadinessProbe() {}

    /** Returns once the gateway tells clients about the installation: then every required service was ready. */
    public static void await(int port, Duration limit) throws InterruptedException {
        await(URI.create("http://127.0.0.1:" + port + "/api/v1/config"), limit, () -> true);
    }

    /**
     * Returns once this address answers with 200.
     *
     * @param alive whether what is awaited still runs
     */
    public static void await(URI address, Duration limit, BooleanSupplier alive) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadline && alive.getAsBoolean()) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = response.body();
            } catch (IOException notYet) {
                last = notYet.toString();
            }
            Thread.sleep(INTERVAL.toMillis());
        }
        throw new IllegalStateException(
                alive.getAsBoolean()
                        ? "Not ready after " + limit.toSeconds() + " s: " + last
                        : "The process has ended");
    }
}
