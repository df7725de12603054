package dev.parley.auth.user;

import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Describes the collection of users: the fields that {@link User} does not have, the indexes, the outbox. */
@Configuration(proxyBeanMethods = false)
class UserStore {

    static final String COLLECTION = "users";
    static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);
    static final String TENANT = "tenantId";
    static final String EMAIL_KEY = "emailKey";
    static final String USERNAME_KEY = "usernameKey";
    static final String USERNAME_LOOKS = "usernameLooks";
    static final String KEY_RULES = "keyRules";
    static final String REGISTRATION_KEY = "registrationKey";
    static final String REGISTRATION_FINGERPRINT = "registrationFingerprint";
    static final String WORDS = "searchWords";
    static final String REVISION = "revision";
    static final String VISIBILITY = "lastSeenVisibility";
    static final String PREFERENCES_REVISION = "preferencesRevision";

    @Bean
    OutboxSource userOutbox() {
        return OUTBOX;
    }

    @Bean
    Indexes userIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index(EMAIL_KEY, Direction.ASC).unique(),
                new Index(USERNAME_KEY, Direction.ASC).unique(),
                // Sparse: a user of before there were looks has none, and gets none if somebody else has the same look
                // by then.
                new Index(USERNAME_LOOKS, Direction.ASC).unique().sparse(),
                new Index(KEY_RULES, Direction.ASC),
                new Index(REGISTRATION_KEY, Direction.ASC).unique().sparse(),
                new Index(TENANT, Direction.ASC).on(WORDS, Direction.ASC),
                new Index(TENANT, Direction.ASC).on(USERNAME_KEY, Direction.ASC),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse());
    }
}
