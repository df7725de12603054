package dev.parley.notification.preference;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What users want to be told of. */
public interface Preferences {

    /** By user id, of all these users: those who chose nothing have {@link PushPreferences#DEFAULTS}. */
    Mono<Map<String, PushPreferences>> ofUsers(Collection<String> userIds);
}
