package dev.parley.standalone;

import dev.parley.auth.AuthServiceApplication;
import dev.parley.conversation.ConversationServiceApplication;
import dev.parley.message.MessageServiceApplication;
import dev.parley.presence.PresenceServiceApplication;

/** The services behind the gateway. */
enum Service {
    AUTH("auth", AuthServiceApplication.class),
    CONVERSATION("conversation", ConversationServiceApplication.class),
    MESSAGE("message", MessageServiceApplication.class),
    PRESENCE("presence", PresenceServiceApplication.class);

    private final String shortName;
    private final Class<?> application;

    Service(String shortName, Class<?> application) {
        this.shortName = shortName;
        this.application = application;
    }

    /** As in {@code parley.services.<name>}. */
    String shortName() {
        return shortName;
    }

    Class<?> application() {
        return application;
    }
}
