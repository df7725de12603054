package dev.parley.standalone.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The Chromium of this machine and its driver, which must be on the {@code PATH}; nothing is downloaded. */
record Browser(Path executable, Path driver) {

    private static final List<String> EXECUTABLES = List.of("chromium", "chromium-browser", "google-chrome");

    /** Skips the test where there is no browser. */
    static Browser orSkip() {
        Optional<Browser> browser = installed();
        assumeTrue(browser.isPresent(), "chromium and chromedriver must both be on the PATH for the browser test");
        return browser.get();
    }

    private static Optional<Browser> installed() {
        return onPath(EXECUTABLES.stream()).flatMap(executable -> onPath(Stream.of("chromedriver"))
                .map(driver -> new Browser(executable, driver)));
    }

    /** A window that shares nothing with windows of other profiles. */
    WebDriver open(Path profile) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(executable.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox", // a container often runs as root, where Chromium refuses its sandbox
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--use-fake-device-for-media-stream", // a microphone that beeps
                        "--window-size=1180,760",
                        "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static Optional<Path> onPath(Stream<String> names) {
        List<String> folders =
                Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return names.flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
