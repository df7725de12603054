package dev.parley.notification.digest;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether e-mails are sent: there is a server that takes them, and somebody whom they come from. */
final class WithDigests implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isGiven(context, "spring.mail.host") && isGiven(context, DigestSettings.PREFIX + ".from");
    }

    private static boolean isGiven(ConditionContext context, String property) {
        return StringUtils.hasText(context.getEnvironment().getProperty(property));
    }
}
