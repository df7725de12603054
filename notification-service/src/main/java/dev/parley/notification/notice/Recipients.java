package dev.parley.notification.notice;

import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.audience.OpenConversations;
import dev.parley.notification.notice.Decision.Recipient;
import dev.parley.notification.preference.Preferences;
import dev.parley.notification.preference.PushPreferences;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What users want, and what they have before their eyes. */
@Component
final class Recipients {

    private final Preferences preferences;
    private final OpenConversations open;

    Recipients(Preferences preferences, OpenConversations open) {
        this.preferences = preferences;
        this.open = open;
    }

    /** Of some users. */
    final class Known {

        private final Map<String, PushPreferences> wanted;

        private Known(Map<String, PushPreferences> wanted) {
            this.wanted = wanted;
        }

        /** @param member null if the user never was in the conversation */
        Recipient recipient(String userId, @Nullable AudienceMember member, String conversationId) {
            return new Recipient(
                    userId,
                    member,
                    wanted.getOrDefault(userId, PushPreferences.DEFAULTS),
                    open.isOpen(userId, conversationId));
        }
    }

    Mono<Known> of(Collection<String> userIds) {
        return preferences.ofUsers(userIds).map(Known::new);
    }
}
