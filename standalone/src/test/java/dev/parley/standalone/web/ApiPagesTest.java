package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/** The pages about the API, as the gateway serves them. */
class ApiPagesTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("(?:href|src|from|fetch\\()=?\\s*\"([^\"#:]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    @TempDir
    Path profiles;

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/", "/docs/rest.html", "/docs/events.html", "/docs/events.js"})
    void everythingThatAPageNamesIsServed(String page) throws Exception {
        HttpResponse<String> served = get(URI.create(RunningPlatform.baseUrl() + page));
        List<URI> named = LINK.matcher(served.body())
                .results()
                .map(link -> served.uri().resolve(link.group(1)))
                .toList();

        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(named).hasSizeGreaterThan(2);
        for (URI each : named) {
            assertThat(get(each).statusCode()).as("%s names %s", page, each).isEqualTo(200);
        }
    }

    @Test
    void thePagesMayDoNoMoreThanTheWebClient() throws Exception {
        String header = "Content-Security-Policy";
        String policy = get(URI.create(RunningPlatform.baseUrl()))
                .headers()
                .firstValue(header)
                .orElseThrow();

        assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe");
        for (String page : List.of("/docs/", "/docs/rest.html", "/docs/events.html")) {
            assertThat(get(URI.create(RunningPlatform.baseUrl() + page))
                            .headers()
                            .firstValue(header))
                    .contains(policy);
        }
    }

    @ParameterizedTest
    @CsvSource({"openapi,openapi: 3.1.0", "asyncapi,asyncapi: 3.0.0"})
    void theDocumentsAreServedAsYaml(String name, String firstLine) throws Exception {
        HttpResponse<String> served = get(URI.create(RunningPlatform.baseUrl() + "/docs/" + name + ".yaml"));

        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/yaml"));
        assertThat(served.body().lines()).contains(firstLine);
    }

    @Test
    void aBrowserShowsTheRestDocument() {
        try (Window window = open("/docs/rest.html")) {
            WebElement operation = window.await(By.id("operations-Messages-sendMessage"));

            assertThat(operation.getText()).contains("/messages", "Send a message");
            operation.findElement(By.tagName("button")).click();
            window.await(By.cssSelector("#operations-Messages-sendMessage .responses-table"));
            assertThat(operation.getText()).contains("request.key-reused");
            window.requireNoErrors();
        }
    }

    @Test
    void aBrowserShowsTheEventsDocument() {
        try (Window window = open("/docs/events.html")) {
            WebElement message = window.await(By.id("new_message"));

            message.findElement(By.tagName("summary")).click();
            assertThat(message.getText()).contains("A message was sent.", "senderName");
            assertThat(window.await(By.id("receipt.read")).isDisplayed()).isTrue();
            window.requireNoErrors();
        }
    }

    private Window open(String page) {
        Browser browser = Browser.orSkip();
        WebDriver driver = browser.open(profiles.resolve("reader"));
        driver.manage().timeouts().implicitlyWait(LONGEST);
        driver.get(RunningPlatform.baseUrl() + page);
        return new Window(driver);
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address).timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofString());
    }

    private record Window(WebDriver driver) implements AutoCloseable {

        WebElement await(By element) {
            return driver.findElement(element);
        }

        /** Such as for what the content security policy forbids. */
        void requireNoErrors() {
            assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                    .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                    .isEmpty();
        }

        @Override
        public void close() {
            driver.quit();
        }
    }
}
