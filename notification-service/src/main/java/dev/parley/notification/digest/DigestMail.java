package dev.parley.notification.digest;

import dev.parley.notification.text.DigestText;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Conditional;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Hands e-mails to a mail server. That blocks, so it has a few threads of its own. */
@Component
@Conditional(WithDigests.class)
class DigestMail implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DigestMail.class);
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int IDLE_SECONDS = 60;

    /** @param id the same for an e-mail that is sent again, so that mail programs show it once */
    record Mail(String id, String to, DigestText text, String unsubscribeLink) {}

    private final JavaMailSender server;
    private final DigestSettings settings;
    private final Scheduler threads;

    DigestMail(JavaMailSender server, DigestSettings settings) {
        this.server = server;
        this.settings = settings;
        this.threads =
                Schedulers.newBoundedElastic(settings.threads(), settings.batch(), "digest-mail", IDLE_SECONDS, true);
    }

    /** Never fails: the outcome says what happened. */
    Mono<MailOutcome> send(Mail mail) {
        return Mono.fromCallable(() -> {
                    server.send(message(mail));
                    return MailOutcome.SENT;
                })
                .onErrorResume(MailException.class, failure -> Mono.just(outcome(failure)))
                .onErrorResume(MessagingException.class, unwritable -> Mono.just(refused(unwritable)))
                .subscribeOn(threads);
    }

    /** What a mail server says names the user, so that is not logged. */
    private static MailOutcome outcome(MailException failure) {
        MailOutcome outcome = MailOutcome.of(failure);
        log.warn(
                "An e-mail was not taken by the mail server ({}): {}",
                outcome.wireName(),
                failure.getClass().getSimpleName());
        return outcome;
    }

    private static MailOutcome refused(MessagingException unwritable) {
        log.warn("An e-mail could not be written: {}", unwritable.getClass().getSimpleName());
        return MailOutcome.REFUSED;
    }

    private MimeMessage message(Mail mail) throws MessagingException {
        DigestText text = mail.text();
        InternetAddress from = new InternetAddress(settings.from(), true);
        MimeMessage message = server.createMimeMessage();
        message.setFrom(from);
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(mail.to(), true));
        message.setSubject(text.subject(), UTF_8);
        message.setSentDate(new Date());
        message.setHeader("Message-ID", messageId(mail, from));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("List-Unsubscribe", "<" + mail.unsubscribeLink() + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.plain(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(text.html(), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        return message;
    }

    private static String messageId(Mail mail, InternetAddress from) {
        String address = from.getAddress();
        UUID id = UUID.nameUUIDFromBytes(mail.id().getBytes(StandardCharsets.UTF_8));
        return "<" + id + address.substring(address.lastIndexOf('@')) + ">";
    }

    @Override
    public void destroy() {
        threads.dispose();
    }
}
