package dev.parley.notification.digest;

import static dev.parley.notification.digest.ScriptedMailServer.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.digest.DigestMail.Mail;
import dev.parley.notification.text.DigestText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Flux;

/** What it means that a mail server is not content. */
class DigestMailTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofSeconds(2);
    private static final DigestSettings SETTINGS = TestSettings.defaults();

    private static Mail mailTo(String address) {
        DigestText text = new DigestText("A subject", "A text", "<p>A text</p>");
        return new Mail("bob/1", address, text, "https://chat.example.org/off");
    }

    private static MailOutcome send(JavaMailSenderImpl server, String address) {
        DigestMail mails = new DigestMail(server, SETTINGS);
        try {
            return mails.send(mailTo(address)).block(PATIENT);
        } finally {
            mails.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "END, 250 taken, SENT",
        "QUIT, hangs up, SENT",
        "GREETING, 421 too busy, LATER",
        "GREETING, hangs up, LATER",
        "MAIL, 451 not now, LATER",
        "MAIL, 550 not from you, REFUSED",
        "MAIL, hangs up, LATER",
        "RCPT, 450 mailbox busy, LATER",
        "RCPT, 550 no such user, REFUSED",
        "RCPT, hangs up, LATER",
        "DATA, 451 not now, LATER",
        "DATA, hangs up, LATER",
        "END, 452 no room, LATER",
        "END, 554 spam, REFUSED",
        "END, hangs up, UNKNOWN"
    })
    void saysWhetherTheServerHasIt(String step, String answer, MailOutcome outcome) throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(Map.of(step, answer))) {
            assertThat(send(server.sender(PATIENT), "bob@example.org")).isEqualTo(outcome);
        }
    }

    @Test
    void doesNotWaitForeverForAServerThatIsSilent() throws Exception {
        try (ScriptedMailServer greeting = new ScriptedMailServer(Map.of("GREETING", SILENT));
                ScriptedMailServer end = new ScriptedMailServer(Map.of("END", SILENT));
                ScriptedMailServer goodbye = new ScriptedMailServer(Map.of("QUIT", SILENT))) {
            List<MailOutcome> outcomes = Flux.just(greeting, end, goodbye)
                    .flatMapSequential(server ->
                            new DigestMail(server.sender(IMPATIENT), SETTINGS).send(mailTo("bob@example.org")))
                    .collectList()
                    .block(PATIENT);

            assertThat(outcomes).containsExactly(MailOutcome.LATER, MailOutcome.UNKNOWN, MailOutcome.SENT);
        }
    }

    /** It may be mended before the last try. */
    @Test
    void triesAgainWhereTheServerDoesNotKnowTheService() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(Map.of("AUTH", "535 who are you"))) {
            JavaMailSenderImpl sender = server.sender(PATIENT);
            sender.setUsername("parley");
            sender.setPassword("wrong");
            sender.getJavaMailProperties().setProperty("mail.smtp.auth", "true");

            assertThat(send(sender, "bob@example.org")).isEqualTo(MailOutcome.LATER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@example.org\r\nBcc: eve@example.org", "bob@example.org, eve@example.org", "bob"})
    void goesToOneAddressOrToNobody(String address) throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(Map.of())) {
            assertThat(send(server.sender(PATIENT), address)).isEqualTo(MailOutcome.REFUSED);
            assertThat(server.heard()).isEmpty();
        }
    }
}
