package dev.parley.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Whether the whole platform can be used. */
final class Readiness {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Readiness() {}

    /** Returns once clients are told about the installation, which is when every service is ready. */
    static void await(int port, Duration limit) throws InterruptedException {
        await(URI.create("http://127.0.0.1:" + port + "/api/v1/config"), limit, () -> true);
    }

    /**
     * Returns once this address answers with 200.
     *
     * @param hope whether that can still happen
     */
    static void await(URI address, Duration limit, BooleanSupplier hope) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadline && hope.getAsBoolean()) {
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
                hope.getAsBoolean() ? "Not ready after " + limit.toSeconds() + " s: " + last : "The process has ended");
    }
}
