package dev.parley.notification.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.PresenceChanged;
import dev.parley.events.UserChanged;
import dev.parley.notification.MailServer;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.StubNeighbours;
import dev.parley.notification.audience.UnreadConversations;
import dev.parley.notification.notice.TestConversation;
import dev.parley.notification.person.People;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** E-mails to those who have been away, from what they choose to what a mail server gets. */
class DigestTest extends NotificationServiceTest {

    private static final String PREFERENCES = "/api/v1/users/me/preferences";
    private static final Duration DAY = Duration.ofDays(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec codec;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private UnreadConversations unread;

    @Autowired
    private People people;

    private final TestConversation talk = new TestConversation(conversation, TENANT);

    @BeforeEach
    void begin() {
        TestUsers.register(TENANT, alice, bob);
        StubNeighbours.wrote(conversation, alice, bob, alice);
        publish(
                new UserChanged(alice, TENANT, alice, "Ann <script>", null, null, null, null, null, null),
                talk.created(ConversationKind.GROUP, "Team <b>", alice, bob),
                talk.message(alice, "what was written"),
                talk.message(alice, "what was written after it"));
        Until.satisfied(() ->
                assertThat(unread.of(bob, Instant.now(), 1).block().messages()).isEqualTo(2));
        Until.satisfied(() -> assertThat(people.namesOf(List.of(alice)).block()).isNotEmpty());
    }

    @Test
    void sayWhoWroteAndHowMuchButNotWhat() throws Exception {
        awayForADay(bob);

        MimeMessage mail = onlyMailFor(bob);
        assertThat(mail.getSubject()).isEqualTo("You have 2 unread messages");
        assertThat(mail.getFrom()[0]).hasToString("Parley <digest@chat.example.org>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(plain(mail))
                .contains("Team <b>: 2 unread messages, from Ann <script>")
                .contains("https://chat.example.org/#/c/" + conversation)
                .doesNotContain("what was written");
        assertThat(html(mail))
                .contains("Team &lt;b&gt;: 2 unread messages, from Ann &lt;script&gt;")
                .contains("<html lang=\"en\">")
                .doesNotContain("what was written", "<script>", "<b>");
    }

    @Test
    void comeOnceForEachAbsence() throws Exception {
        awayForADay(bob);
        onlyMailFor(bob);
        Absence sent = absence(bob);
        assertThat(sent.endedFor()).isEqualTo(sent.seenAt());

        Instant again = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        publish(offline(sent.seenAt()), offline(again));
        Until.satisfied(() -> assertThat(absence(bob).seenAt()).isEqualTo(again));

        assertThat(absence(bob).dueAt()).isEqualTo(again.plus(DAY));
        assertThat(MailServer.of(TestUsers.addressOf(bob))).hasSize(1);
    }

    @Test
    void areInTheLanguageOfTheDevice() throws Exception {
        assertThat(as(bob).post(
                                "/api/v1/users/me/devices",
                                Map.of(
                                        "deviceId",
                                        "phone-" + bob,
                                        "platform",
                                        "android",
                                        "provider",
                                        "fcm",
                                        "token",
                                        "token-of-" + bob,
                                        "locale",
                                        "vi-VN"))
                        .status())
                .isEqualTo(204);
        awayForADay(bob);

        MimeMessage mail = onlyMailFor(bob);
        assertThat(mail.getSubject()).isEqualTo("Bạn có 2 tin nhắn chưa đọc");
        assertThat(html(mail)).contains("<html lang=\"vi\">");
        assertThat(mail.getHeader("List-Unsubscribe")[0]).contains("?language=vi");
    }

    @Test
    void sayNothingOfWhatIsMuted() {
        publish(ConversationUpdated.muted(
                conversation, TENANT, bob, Instant.now().plus(DAY)));
        Until.satisfied(() ->
                assertThat(unread.of(bob, Instant.now(), 1).block().messages()).isZero());

        awayForADay(bob);

        isLookedAtAgain(bob);
    }

    @Test
    void waitForTheEndOfQuietHours() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm");
        patch(
                bob,
                Map.of(
                        "quietHours",
                        Map.of(
                                "enabled",
                                true,
                                "start",
                                minutes.format(now.minusHours(1)),
                                "end",
                                minutes.format(now.plusHours(1)),
                                "timezone",
                                "UTC")));
        awayForADay(bob);

        isLookedAtAgain(bob);
    }

    @Test
    void doNotComeToWhoIsThere() {
        StubNeighbours.online(bob);
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        awayForADay(bob);

        Until.satisfied(() -> assertThat(absence(bob).seenAt()).isAfterOrEqualTo(before));
        assertThat(absence(bob).dueAt()).isEqualTo(absence(bob).seenAt().plus(DAY));
        assertThat(MailServer.of(TestUsers.addressOf(bob))).isEmpty();
    }

    /** Whoever began to send it was killed: nobody knows whether the mail server has it. */
    @Test
    void areNotSentAgainAfterAnInterruption() {
        chooses(bob);
        Instant begunAt = now().minusSeconds(600);
        put(due(bob, TENANT).begin(begunAt, now().minusSeconds(1)));

        hasNoMail(bob);
        assertThat(absence(bob).sentAt()).isEqualTo(begunAt);
    }

    @Test
    void doNotComeToWhoDoesNotWantThemAnyMore() {
        put(due(bob, TENANT));

        Until.satisfied(() -> assertThat(absence(bob).wanted()).isFalse());
        assertThat(absence(bob).dueAt()).isNull();
        assertThat(MailServer.of(TestUsers.addressOf(bob))).isEmpty();
    }

    @Test
    void doNotComeToWhomTheTenantDoesNotHave() {
        String gone = "gone-" + bob;
        put(due(gone, TENANT));

        hasNoMail(gone);
    }

    @Test
    void doNotComeInTenantsThatHaveThemSwitchedOff() {
        String user = "silent-" + bob;
        TestUsers.register(WITHOUT_EMAILS, user);
        put(due(user, WITHOUT_EMAILS));

        hasNoMail(user);
    }

    @Test
    void areLookedForByAnIndex() {
        assertThat(mongo.indexOps(AbsenceStore.COLLECTION)
                        .getIndexInfo()
                        .collectList()
                        .block())
                .anySatisfy(index -> {
                    assertThat(index.isIndexForFields(List.of(AbsenceStore.DUE_AT)))
                            .isTrue();
                    assertThat(index.isSparse()).isTrue();
                })
                .anySatisfy(index -> {
                    assertThat(index.isIndexForFields(List.of(AbsenceStore.EXPIRE_AT)))
                            .isTrue();
                    assertThat(index.getExpireAfter()).contains(Duration.ZERO);
                });
    }

    @Test
    void endWithOneClickWithoutASignIn() throws Exception {
        awayForADay(bob);
        MimeMessage mail = onlyMailFor(bob);
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        String link = mail.getHeader("List-Unsubscribe")[0].replaceAll("[<>]", "");
        assertThat(link).startsWith("https://chat.example.org/api/v1/email-digest/unsubscribe/");
        assertThat(plain(mail)).contains(link);

        HttpResponse<String> page = call(link, "GET", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        assertThat(page.body()).contains("<form method=\"post\">").contains("No more e-mails");
        assertThat(isOn(bob)).isTrue();

        assertThat(call(link, "POST", "List-Unsubscribe=One-Click").statusCode())
                .isEqualTo(200);
        assertThat(isOn(bob)).isFalse();
        assertThat(call(link, "POST", "").statusCode()).isEqualTo(200);
        Until.satisfied(() -> assertThat(absence(bob).wanted()).isFalse());
    }

    @Test
    void goOnWhereTheLinkIsNotOneOfTheirs() throws Exception {
        patch(bob, Map.of("emailDigest", Map.of("enabled", true, "afterHours", 24)));

        HttpResponse<String> refused =
                call("https://chat.example.org/api/v1/email-digest/unsubscribe/YWNtZQpi.AAAA", "POST", "");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("user.no-such-link");
        assertThat(isOn(bob)).isTrue();
    }

    @Test
    void areAPreferenceThatIsCheckedAndCanBeRemoved() {
        var wrong =
                as(bob).call("PATCH", PREFERENCES, Map.of("emailDigest", Map.of("enabled", "yes", "afterHours", 721)));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("emailDigest.enabled", "emailDigest.afterHours");

        patch(bob, Map.of("emailDigest", Map.of("enabled", true, "afterHours", 720)));
        assertThat(isOn(bob)).isTrue();
        Map<String, Object> none = new HashMap<>();
        none.put("emailDigest", null);
        patch(bob, none);
        assertThat(as(bob).get(PREFERENCES).body().has("emailDigest")).isFalse();
    }

    private boolean isOn(String user) {
        return as(user).get(PREFERENCES).body().at("/emailDigest/enabled").asBoolean(false);
    }

    private HttpResponse<String> call(String link, String method, String form) throws Exception {
        String path = link.substring("https://chat.example.org".length());
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private PresenceChanged offline(Instant at) {
        return new PresenceChanged("node-" + conversation, bob, TENANT, PresenceChanged.Status.OFFLINE, at, null);
    }

    /** The e-mail had to wait, which was noted without sending any. */
    private void isLookedAtAgain(String user) {
        Until.satisfied(
                () -> assertThat(absence(user).dueAt()).isAfter(Instant.now().plus(Duration.ofMinutes(15))));
        assertThat(absence(user).endedFor()).isNull();
        assertThat(MailServer.of(TestUsers.addressOf(user))).isEmpty();
    }

    /** All is done for this absence, and nothing was sent. */
    private void hasNoMail(String user) {
        Until.satisfied(() ->
                assertThat(absence(user).endedFor()).isEqualTo(absence(user).seenAt()));
        assertThat(absence(user).dueAt()).isNull();
        assertThat(MailServer.of(TestUsers.addressOf(user))).isEmpty();
    }

    /** Chooses e-mails after a day, and was there last a little more than a day ago. */
    private void awayForADay(String user) {
        chooses(user);
        put(due(user, TENANT));
    }

    private void chooses(String user) {
        patch(user, Map.of("emailDigest", Map.of("enabled", true, "afterHours", 24)));
        Until.satisfied(() -> assertThat(absence(user)).isNotNull());
    }

    private static Absence due(String user, String tenant) {
        Instant seenAt = now().minus(DAY).minusSeconds(60);
        return new Absence(user, tenant, true, 24, seenAt, null, null, now().minusSeconds(1), null, 0, null, 7);
    }

    private void put(Absence absence) {
        mongo.save(absence).block();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private Absence absence(String user) {
        return mongo.findById(user, Absence.class).block();
    }

    private void patch(String user, Map<String, ?> change) {
        assertThat(as(user).call("PATCH", PREFERENCES, change).status()).isEqualTo(200);
    }

    private void publish(Event... events) {
        publisher.publish(Arrays.stream(events).map(codec::pending).toList()).block();
    }

    /** When it is noted that it was sent. */
    private MimeMessage onlyMailFor(String user) {
        Until.satisfied(() -> assertThat(absence(user).sentAt()).isNotNull());
        List<MimeMessage> mails = MailServer.of(TestUsers.addressOf(user));
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private static String plain(MimeMessage mail) throws Exception {
        return part(mail, 0, "text/plain");
    }

    private static String html(MimeMessage mail) throws Exception {
        return part(mail, 1, "text/html");
    }

    private static String part(MimeMessage mail, int index, String type) throws Exception {
        BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
        assertThat(part.isMimeType(type)).isTrue();
        return (String) part.getContent();
    }
}
