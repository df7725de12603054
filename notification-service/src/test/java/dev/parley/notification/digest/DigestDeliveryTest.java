package dev.parley.notification.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.MailServer;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.digest.DigestMail.Mail;
import dev.parley.notification.text.DigestText;
import dev.parley.platform.test.TestUsers;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What is noted of an e-mail that is sent. Nothing here is due, so that nobody else sends it. */
class DigestDeliveryTest extends NotificationServiceTest {

    @Autowired
    private AbsenceStore store;

    @Autowired
    private DigestMetrics metrics;

    @Autowired
    private DigestSettings settings;

    @Autowired
    private DigestDelivery delivery;

    @Autowired
    private ReactiveMongoTemplate mongo;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void away() {
        mongo.insert(Absence.of(bob, TENANT, now).wanted(1, now, settings)).block();
    }

    private Absence absence() {
        return mongo.findById(bob, Absence.class).block();
    }

    private Mail mail() {
        DigestText text = new DigestText("A subject", "A text", "<p>A text</p>");
        return new Mail(bob + "/1", TestUsers.addressOf(bob), text, "https://chat.example.org/off");
    }

    @Test
    void isOfferedAgainWithGrowingPausesAndThenGivenUp() throws Exception {
        JavaMailSenderImpl nowhere = new JavaMailSenderImpl();
        nowhere.setHost("127.0.0.1");
        nowhere.setPort(portWithoutAServer());
        DigestMail mails = new DigestMail(nowhere, settings);
        DigestDelivery failing = new DigestDelivery(store, mails, metrics, settings);

        failing.send(absence(), mail()).block();
        assertThat(absence().tries()).isEqualTo(1);
        assertThat(absence().begunAt()).isNull();
        assertThat(absence().dueAt()).isAfter(now.plus(settings.retryDelay()).minusSeconds(1));
        failing.send(absence(), mail()).block();
        assertThat(absence().dueAt())
                .isAfter(now.plus(settings.retryDelay().multipliedBy(2)).minusSeconds(1));
        for (int tries = 3; tries <= settings.maxTries(); tries++) {
            assertThat(absence().endedFor()).isNull();
            failing.send(absence(), mail()).block();
        }

        assertThat(absence().endedFor()).isEqualTo(now);
        assertThat(absence().sentAt()).isNull();
        assertThat(absence().dueAt()).isNull();
        mails.destroy();
    }

    @Test
    void isNotSentWhereTheAbsenceWasChangedMeanwhile() {
        Absence before = absence();
        store.change(bob, absence -> absence.seen(now.plusSeconds(1), settings)).block();

        delivery.send(before, mail()).block();

        assertThat(absence().begunAt()).isNull();
        assertThat(MailServer.of(TestUsers.addressOf(bob))).isEmpty();
    }

    @Test
    void isNotedWithItsTimeWhenItIsSent() throws Exception {
        delivery.send(absence(), mail()).block(Duration.ofSeconds(30));

        assertThat(absence().sentAt()).isAfterOrEqualTo(now);
        assertThat(absence().endedFor()).isEqualTo(now);
        assertThat(MailServer.of(TestUsers.addressOf(bob)))
                .singleElement()
                .satisfies(mail -> assertThat(mail.getMessageID()).endsWith("@chat.example.org>"));
    }

    /** The server has all of it and says nothing: nobody knows whether it sends it. */
    @Test
    void isNotSentAgainWhereTheServerFallsSilent() throws Exception {
        try (ScriptedMailServer silent = new ScriptedMailServer(Map.of("END", ScriptedMailServer.HANGS_UP))) {
            DigestMail mails = new DigestMail(silent.sender(Duration.ofSeconds(20)), settings);

            new DigestDelivery(store, mails, metrics, settings)
                    .send(absence(), mail())
                    .block();
            mails.destroy();
        }

        assertThat(absence().endedFor()).isEqualTo(now);
        assertThat(absence().dueAt()).isNull();
        assertThat(absence().sentAt()).isAfterOrEqualTo(now);
    }

    private static int portWithoutAServer() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
