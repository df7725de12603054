package dev.parley.notification.digest;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/** What became of an e-mail that was offered to a mail server. */
enum MailOutcome {
    /** The server has it. */
    SENT,
    /** The server does not take it now, and sends nothing. */
    LATER,
    /** The server never takes it. */
    REFUSED,
    /** Nobody can say whether the server has it. */
    UNKNOWN;

    private static final int FIRST_PERMANENT = 500;
    private static final String END_OF_DATA = ".";

    static MailOutcome of(MailException failure) {
        if (failure instanceof MailAuthenticationException) {
            return LATER;
        }
        if (!(failure instanceof MailSendException sending)) {
            return REFUSED;
        }
        Exception[] failed = sending.getMessageExceptions();
        if (failed.length == 0) {
            // Only the goodbye failed.
            return SENT;
        }
        // There was no connection over which it could have been offered.
        return failed[0] == sending.getCause() ? LATER : ofMessage(failed[0]);
    }

    private static MailOutcome ofMessage(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(MailOutcome::certain)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static @Nullable MailOutcome certain(Throwable cause) {
        if (cause instanceof SMTPAddressFailedException address) {
            return byCode(address.getReturnCode());
        }
        if (cause instanceof SMTPSenderFailedException sender) {
            return byCode(sender.getReturnCode());
        }
        return cause instanceof SMTPSendFailedException sending && isCertain(sending)
                ? byCode(sending.getReturnCode())
                : null;
    }

    /** A server that hangs up when it has the whole e-mail may send it; before, it does not. */
    private static boolean isCertain(SMTPSendFailedException sending) {
        return sending.getReturnCode() > 0 || !END_OF_DATA.equals(sending.getCommand());
    }

    private static MailOutcome byCode(int code) {
        return code >= FIRST_PERMANENT ? REFUSED : LATER;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
