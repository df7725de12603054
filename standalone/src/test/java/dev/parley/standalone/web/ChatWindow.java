package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.HasCapabilities;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** One person at the web client, in a browser profile of their own. */
final class ChatWindow implements AutoCloseable {

    /** How long anything may take to show; a first page load on a busy machine is the slowest. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ONLY_RESULT =
            "[...document.querySelectorAll('[data-testid=person]')].map((each) => each.dataset.username).join() === arguments[0]";

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
        pick(username);
        awaitSomeText("conversation-title");
    }

    void createGroup(String name, String... usernames) {
        click("new-group");
        type("name", name);
        for (String username : usernames) {
            pick(username);
        }
        click("create-group");
        awaitText("conversation-title", name);
    }

    /** Chooses somebody in the search for people that is open. */
    void pick(String username) {
        type("search-people", username);
        // Until then those are there who were found before, and what is pressed may move.
        awaitTrue(ONLY_RESULT, username);
        click("person");
    }

    void openConversationTitled(String title) {
        eventually(() -> conversationTitled(title).click());
        awaitSomeText("conversation-title");
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

    /** Opens the menu of a message and chooses from it. */
    void choose(String text, String testId) {
        clickIn(text, "message-menu");
        click(testId);
    }

    /** Clicks a control of a message, which may show only under the pointer. */
    void clickIn(String text, String testId) {
        eventually(() -> {
            WebElement message = message(text);
            new Actions(driver)
                    .moveToElement(message.findElement(testId("text")))
                    .perform();
            message.findElement(testId(testId)).click();
        });
    }

    void clickInMember(String username, String testId) {
        eventually(() ->
                driver.findElement(member(username)).findElement(testId(testId)).click());
    }

    void awaitMember(String username) {
        eventually(() -> driver.findElement(member(username)));
    }

    void awaitNoMember(String username) {
        eventually(() -> assertThat(driver.findElements(member(username))).isEmpty());
    }

    /** @param state {@code sent}, {@code delivered} or {@code read}, as its sender sees it */
    void awaitDelivery(String text, String state) {
        eventually(
                () -> assertThat(message(text).getDomAttribute("data-delivery")).isEqualTo(state));
    }

    void awaitDelivered(String text) {
        eventually(
                () -> assertThat(message(text).getDomAttribute("data-delivery")).isIn("delivered", "read"));
    }

    /** Waits until the message is on the page, in that part of the history that is seen. */
    void awaitShown(String text) {
        eventually(() -> assertThat(isInView(message(text))).isTrue());
    }

    /** Waits until a jump has come to the message. */
    void awaitTarget(String text) {
        eventually(() -> {
            assertThat(driver.findElement(By.cssSelector(".message.target"))
                            .findElement(testId("text"))
                            .getText())
                    .isEqualTo(text);
            assertThat(isInView(message(text))).isTrue();
        });
    }

    void awaitText(String testId, String part) {
        eventually(() -> assertThat(only(testId).getText()).contains(part));
    }

    void awaitField(String testId, String value) {
        eventually(() -> assertThat(only(testId).getDomProperty("value")).isEqualTo(value));
    }

    void awaitTitle(String title) {
        eventually(() -> assertThat(driver.getTitle()).isEqualTo(title));
    }

    void awaitOne(String testId) {
        eventually(() -> assertThat(only(testId).isDisplayed()).isTrue());
    }

    void awaitNo(String testId) {
        eventually(() -> assertThat(all(testId)).isEmpty());
    }

    void openSettings() {
        click("more");
        click("settings");
        awaitTrue("document.querySelector('[data-testid=settings-dialog] .settings:not([hidden])')");
    }

    /** Writes something else into a field, and submits it. */
    void replace(String testId, String text) {
        type(testId, Keys.chord(Keys.CONTROL, "a") + text + Keys.ENTER);
    }

    void awaitOnline() {
        eventually(() -> driver.findElement(By.cssSelector("[data-testid=connection][data-state=online]")));
    }

    /** Opens the client in one more tab, which shares the first one's sign-in. Both stay open. */
    void openTab() {
        String url = driver.getCurrentUrl();
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get(url);
        awaitOnline();
    }

    List<String> tabs() {
        return List.copyOf(driver.getWindowHandles());
    }

    /** Runs a script in a tab, which is in front then. */
    Object run(String tab, String script, Object... arguments) {
        driver.switchTo().window(tab);
        return script(script, arguments);
    }

    /** Runs a script in the tab in front. */
    Object script(String script, @Nullable Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** Asks the platform for something as the user who is signed in here to the default tenant. */
    @Nullable Object api(String method, String path, @Nullable Object body) {
        return script("""
                const [method, path, body] = arguments;
                const { tokens } = JSON.parse(localStorage.getItem('parley.session.default'));
                return fetch('/api/v1' + path, {
                    method,
                    headers: { Authorization: `Bearer ${tokens.accessToken}`, 'Content-Type': 'application/json' },
                    body: body === null ? undefined : JSON.stringify(body),
                }).then(async (answer) => {
                    const text = await answer.text();
                    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
                    return text ? JSON.parse(text) : null;
                });
                """, method, path, body);
    }

    /** Reads all that is unread, as another device of the user does. */
    void readAll() {
        Map<?, ?> unread = (Map<?, ?>) Objects.requireNonNull(api("GET", "/conversations/unread", null));
        for (Object each : (List<?>) Objects.requireNonNull(unread.get("byConversation"))) {
            api("POST", "/conversations/" + ((Map<?, ?>) each).get("conversationId") + "/read", Map.of());
        }
    }

    /** Waits until an expression of the page is true. */
    void awaitTrue(String expression, Object... arguments) {
        eventually(() -> assertThat(script("return !!(" + expression + ")", arguments))
                .as(expression)
                .isEqualTo(true));
    }

    /** Sends keys to whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses the pointer on a conversation of the list, and does not release it. */
    void pressOnConversationTitled(String title) {
        eventually(() -> {
            WebElement conversation = conversationTitled(title);
            new Actions(driver).clickAndHold(conversation).perform();
        });
    }

    void releasePointer() {
        new Actions(driver).release().perform();
    }

    /** Calls a method of the browser's debugging protocol. */
    Map<String, Object> devTools(String method, Map<String, Object> parameters) {
        return ((HasCdp) driver).executeCdpCommand(method, parameters);
    }

    /** The host and the port at which the browser speaks that protocol. */
    String debugger() {
        Object options = ((HasCapabilities) driver).getCapabilities().getCapability("goog:chromeOptions");
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(options)).get("debuggerAddress"));
    }

    void network(boolean isThere) {
        devTools("Network.enable", Map.of());
        devTools(
                "Network.emulateNetworkConditions",
                Map.of("offline", !isThere, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    void go(String address) {
        driver.get(address);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    void showTab(int index) {
        driver.switchTo().window(tabs().get(index));
    }

    void closeTab() {
        driver.close();
        showTab(0);
    }

    void reload() {
        driver.navigate().refresh();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void awaitSomeText(String testId) {
        eventually(() -> assertThat(only(testId).getText()).isNotEmpty());
    }

    /** Chooses files in a field for them, which nobody sees. */
    void chooseFiles(String testId, Path... files) {
        String paths = Stream.of(files).map(Path::toString).collect(Collectors.joining("\n"));
        eventually(() -> only(testId).sendKeys(paths));
    }

    void click(String testId) {
        eventually(() -> only(testId).click());
    }

    void type(String testId, String text) {
        WebElement[] field = new WebElement[1];
        eventually(() -> {
            field[0] = only(testId);
            field[0].click();
        });
        field[0].sendKeys(text);
    }

    private WebElement conversationTitled(String title) {
        return all("title").stream()
                .filter(element -> element.getText().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no conversation is titled " + title));
    }

    private WebElement message(String text) {
        Object found = script("""
                return [...document.querySelectorAll('[data-testid=message]')]
                    .find(message => message.querySelector('[data-testid=text]').textContent === arguments[0]);
                """, text);
        if (found instanceof WebElement message) {
            return message;
        }
        throw new AssertionError("the history does not show " + text);
    }

    private boolean isInView(WebElement element) {
        return (boolean) script(
                "const {top, bottom} = arguments[0].getBoundingClientRect(); return top < innerHeight && bottom > 0;",
                element);
    }

    private static By member(String username) {
        return By.cssSelector("[data-testid=member][data-username='" + username + "']");
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
    private void eventually(Attempt attempt) {
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(WebDriverException.class)
                    .untilAsserted(attempt::make);
        } catch (ConditionTimeoutException inVain) {
            throw new AssertionError("In vain; the page at " + driver.getCurrentUrl() + " shows: " + shown(), inVain);
        }
    }

    /** What is to be read, and what the browser complained about. */
    private String shown() {
        return driver.findElement(By.tagName("body")).getText()
                + driver.manage().logs().get(LogType.BROWSER).getAll();
    }

    @FunctionalInterface
    private interface Attempt {
        void make();
    }
}
