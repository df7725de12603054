package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The settings page saves each change at once, for all tabs, and says when it could not. */
class SettingsPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<String, Object> DEFAULTS = Stream.of(
                    "notificationsEnabled",
                    "soundEnabled",
                    "messagePreview",
                    "notifyOnMention",
                    "notifyOnReaction",
                    "notifyOnGroupInvite")
            .collect(Collectors.toMap(Function.identity(), name -> true));

    private static final String CHOOSE = """
            const field = document.querySelector(`[data-testid="${arguments[0]}"]`);
            field.value = arguments[1];
            field.dispatchEvent(new Event('change'));
            """;

    private static final String IS_ON = "document.querySelector(`[data-testid=${arguments[0]}]`).checked";

    private static ChatWindow ann;

    @BeforeAll
    static void meet() throws IOException {
        ann = AnnAndBo.met().ann();
    }

    @BeforeEach
    void open() throws IOException {
        AnnAndBo.met().goTogether();
        reset();
        ann.reload();
        ann.awaitOnline();
        ann.openSettings();
    }

    @AfterAll
    static void takeAway() {
        if (ann != null) {
            reset();
        }
    }

    private static void reset() {
        Map<String, Object> all = new HashMap<>(DEFAULTS);
        all.put("quietHours", null);
        all.put("emailDigest", null);
        all.put("lastSeenVisibility", "everyone");
        ann.api("PATCH", "/users/me/preferences", all);
    }

    @ParameterizedTest
    @CsvSource({
        "notificationsEnabled",
        "soundEnabled",
        "messagePreview",
        "notifyOnMention",
        "notifyOnReaction",
        "notifyOnGroupInvite"
    })
    void aSwitchIsSavedAtOnce(String name) {
        ann.awaitTrue(IS_ON, name);

        ann.click(name);
        ann.awaitText("settings-status", "Saved");

        assertThat(saved()).containsEntry(name, false);
        ann.reload();
        ann.openSettings();
        ann.awaitTrue("!" + IS_ON, name);
    }

    @Test
    void anotherTabShowsAChangeAtOnce() {
        ann.openTab();
        ann.click("more");
        ann.click("settings");
        ann.click("soundEnabled");
        ann.awaitText("settings-status", "Saved");

        ann.showTab(0);
        ann.awaitTrue("!" + IS_ON, "soundEnabled");
        ann.showTab(1);
        ann.closeTab();
    }

    @Test
    void quietHoursAreSavedAsAWholeInTheZoneThatIsChosen() {
        ann.click("quietHours");
        ann.awaitText("settings-status", "Saved");
        ann.script(CHOOSE, "quietHours.start", "23:30");
        ann.script(CHOOSE, "quietHours.end", "06:15");
        ann.script(CHOOSE, "quietHours.timezone", "America/New_York");
        ann.awaitText("zone-time", "there now");
        awaitSaved(
                "quietHours",
                Map.of("enabled", true, "start", "23:30", "end", "06:15", "timezone", "America/New_York"));

        ann.script(CHOOSE, "quietHours.end", "23:30");
        ann.awaitText("error-quietHours.end", "another time");
        ann.script(CHOOSE, "quietHours.end", "");
        ann.awaitText("error-quietHours.end", "Choose a time");
        ann.reload();
        ann.openSettings();
        ann.awaitField("quietHours.end", "06:15");
        ann.awaitField("quietHours.timezone", "America/New_York");

        ann.click("quietHours");
        awaitSaved(
                "quietHours",
                Map.of("enabled", false, "start", "23:30", "end", "06:15", "timezone", "America/New_York"));
    }

    @Test
    void eMailsAreChosenWithTheTimeAwayAfterWhichTheyCome() {
        ann.click("emailDigest");
        awaitSaved("emailDigest", Map.of("enabled", true, "afterHours", 24L));
        ann.script(CHOOSE, "emailDigest.afterHours", "72");
        awaitSaved("emailDigest", Map.of("enabled", true, "afterHours", 72L));

        ann.reload();
        ann.openSettings();
        ann.awaitField("emailDigest.afterHours", "72");
        ann.awaitTrue(IS_ON, "emailDigest");
        ann.click("emailDigest");
        awaitSaved("emailDigest", Map.of("enabled", false, "afterHours", 72L));
    }

    @Test
    void whoSeesWhenOneWasLastHereIsChosenHere() {
        ann.script(CHOOSE, "lastSeenVisibility", "contacts");
        ann.awaitText("settings-status", "Saved");

        assertThat(saved()).containsEntry("lastSeenVisibility", "contacts");
    }

    @Test
    void aChangeThatCouldNotBeSavedGoesBackAndSaysSo() {
        ann.awaitTrue(IS_ON, "messagePreview");
        ann.network(false);
        ann.click("messagePreview");

        ann.awaitText("settings-alert", "Not saved. The server cannot be reached");
        ann.awaitTrue(IS_ON, "messagePreview");
        ann.awaitTrue("!document.querySelector('[data-testid=settings-status]').textContent");

        ann.network(true);
        ann.click("messagePreview");
        ann.awaitText("settings-status", "Saved");
        ann.awaitTrue("document.querySelector('[data-testid=settings-alert]').hidden");
    }

    @Test
    void theKeyboardIsEnough() {
        ann.press(Keys.ESCAPE);
        ann.awaitNo("settings-dialog");
        ann.awaitTrue("document.activeElement.dataset.testid === 'more'");

        ann.press(Keys.ENTER, Keys.ARROW_DOWN, Keys.ENTER);
        ann.awaitTrue("document.querySelector('[data-testid=settings-dialog] .settings:not([hidden])')");
        ann.press(Keys.TAB);
        ann.awaitTrue("document.activeElement.dataset.testid === 'notificationsEnabled'");
        ann.press(Keys.SPACE);
        ann.awaitText("settings-status", "Saved");
        assertThat(saved()).containsEntry("notificationsEnabled", false);
    }

    /** By the zone's own clocks: across midnight, and when they are put forward and back. */
    @ParameterizedTest
    @CsvSource({
        "22:00, 07:00, UTC, 2026-03-01T21:59:59Z, false",
        "22:00, 07:00, UTC, 2026-03-01T22:00:00Z, true",
        "22:00, 07:00, UTC, 2026-03-02T00:00:00Z, true",
        "22:00, 07:00, UTC, 2026-03-02T06:59:59Z, true",
        "22:00, 07:00, UTC, 2026-03-02T07:00:00Z, false",
        "13:00, 14:30, UTC, 2026-03-02T14:29:59Z, true",
        "13:00, 14:30, UTC, 2026-03-02T14:30:00Z, false",
        "22:00, 07:00, Asia/Ho_Chi_Minh, 2026-03-02T23:30:00Z, true",
        "22:00, 07:00, Asia/Kolkata, 2026-03-02T01:29:59Z, true",
        "22:00, 07:00, Asia/Kolkata, 2026-03-02T01:30:00Z, false",
        "22:00, 07:00, America/New_York, 2026-03-08T11:30:00Z, false", // since this night the clocks are an hour ahead
        "22:00, 07:00, America/New_York, 2026-03-07T11:30:00Z, true",
        "22:00, 07:00, Europe/Berlin, 2026-10-25T05:30:00Z, true", // this night had an hour more
        "22:00, 07:00, Europe/Berlin, 2026-10-24T05:30:00Z, false",
        "22:00, 07:00, Mars/Base, 2026-03-01T23:00:00Z, true"
    })
    void quietIsWhatTheClocksOfTheZoneSay(String start, String end, String zone, String time, boolean isQuiet) {
        assertThat(ann.script("""
                const [start, end, timezone, time] = arguments;
                return import('/app/quiet-hours.js').then(({ isQuiet }) =>
                    [true, false].map((enabled) => isQuiet({ enabled, start, end, timezone }, Date.parse(time))));
                """, start, end, zone, time)).isEqualTo(List.of(isQuiet, false));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> saved() {
        return (Map<String, Object>) Objects.requireNonNull(ann.api("GET", "/users/me/preferences", null));
    }

    private static void awaitSaved(String name, Map<String, ?> choice) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(saved().get(name)).isEqualTo(choice));
    }
}
