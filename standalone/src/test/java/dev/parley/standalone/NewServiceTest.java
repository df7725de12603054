package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.weather.WeatherServiceApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that brings a registry entry of its own is started and routed with the others. */
class NewServiceTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void isStartedAndServedAndOneThatIsNotNeededMayFail() throws Exception {
        Path entries = Files.createDirectories(folder.resolve("classes/META-INF/parley"));
        Files.writeString(entries.resolve("services.yml"), """
                parley:
                  registry:
                    weather:
                      application: %s
                      port: 8099
                      routes:
                        - GET /api/v1/users/*/weather
                    hail:
                      application: dev.parley.NoSuchClass
                      port: 8098
                      required: false
                      routes:
                        - /api/v1/hail
                """.formatted(WeatherServiceApplication.class.getName()));

        try (PlatformProcess platform = PlatformProcess.startWith(folder.resolve("classes"), folder.resolve("data"))) {
            ChatUser user = ChatUser.register(platform.baseUrl(), "Ann");

            HttpResponse<String> weather = get(user, "/api/v1/users/me/weather");
            assertThat(weather.statusCode()).isEqualTo(200);
            assertThat(weather.body()).contains("sunny");
            assertThat(get(user, "/api/v1/users/me").statusCode()).isEqualTo(200);
            assertThat(get(user, "/api/v1/hail").statusCode()).isEqualTo(503);
            assertThat(platform.output())
                    .contains("  weather ")
                    .contains("hail did not start, and the platform goes on without it")
                    .contains("parley.registry.hail.application is not on the class path");
        }
    }

    /** Not by the user's own client, which knows the platform's endpoints only. */
    private static HttpResponse<String> get(ChatUser user, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(user.baseUrl() + path))
                .header("Authorization", "Bearer " + user.accessToken())
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
