package dev.parley.standalone.web;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;

/** One person at the web client, in a browser profile of their own. */
final class ChatWindow implements AutoCloseable {

    /** How long anything may take to show; a first page load on a busy machine is the slowest. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebDriver driver;

    ChatWindow(Browser browser, Path profile, URI baseUrl) {
        driver = browser.open(profile);
        driver.get(baseUrl.toString());
    }

    void register(String displayName, String username) {
        click("go-to-register");
        type("displayName", displayName);
        type("username", username);
        type("email", username + "@example.org");
        type("password", "correct horse battery staple");
        click("submit");
        awaitOnline();
    }

    void startChatWith(String username) {
        click("new-chat");
        type("search-people", username);
        eventually(() -> driver.findElement(By.cssSelector("[data-testid=person][data-username='" + username + "']"))
                .click());
        awaitText("conversation-title");
    }

    void openConversationTitled(String title) {
        eventually(() -> all("title").stream()
                .filter(element -> element.getText().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no conversation is titled " + title))
                .click());
        awaitText("conversation-title");
    }

    void write(String text) {
        type("composer", text + Keys.ENTER);
    }

    /** Waits until the history shows exactly these messages, each confirmed by the server. */
    void awaitHistory(String... texts) {
        eventually(() -> {
            List<String> shown = driver.findElements(By.cssSelector("[data-testid=message][data-state=sent]")).stream()
                    .map(message -> message.findElement(testId("text")).getText())
                    .toList();
            if (!shown.equals(List.of(texts))) {
                throw new AssertionError("the history shows " + shown);
            }
        });
    }

    void awaitOnline() {
        eventually(() -> driver.findElement(By.cssSelector("[data-testid=connection][data-state=online]")));
    }

    void reload() {
        driver.navigate().refresh();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void awaitText(String testId) {
        eventually(() -> {
            if (only(testId).getText().isEmpty()) {
                throw new AssertionError(testId + " is empty");
            }
        });
    }

    private void click(String testId) {
        eventually(() -> only(testId).click());
    }

    private void type(String testId, String text) {
        WebElement[] field = new WebElement[1];
        eventually(() -> {
            field[0] = only(testId);
            field[0].click();
        });
        field[0].sendKeys(text);
    }

    private WebElement only(String testId) {
        return driver.findElement(testId(testId));
    }

    private List<WebElement> all(String testId) {
        return driver.findElements(testId(testId));
    }

    private static By testId(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }

    /** Repeats what may still fail because the page is about to change. */
    private static void eventually(Attempt attempt) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(attempt::make);
    }

    @FunctionalInterface
    private interface Attempt {
        void make();
    }
}
