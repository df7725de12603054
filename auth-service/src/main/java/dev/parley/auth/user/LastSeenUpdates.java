package dev.parley.auth.user;

import dev.parley.auth.AuthError;
import dev.parley.events.PreferencesChanged;
import dev.parley.events.Topics;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Copies the last-seen visibility onto users from their published preferences, whoever owns those. */
@Configuration(proxyBeanMethods = false)
class LastSeenUpdates {

    private static final String GROUP = "auth-service";

    @Bean
    EventSubscription preferenceChanges(UserChanges users) {
        return EventSubscription.shared(Topics.PREFERENCES, GROUP, batch -> copy(users, batch));
    }

    private static Mono<Void> copy(UserChanges users, List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .concatMap(event ->
                        event.data() instanceof PreferencesChanged changed ? copy(users, changed) : Mono.<User>empty())
                .then();
    }

    /** A visibility that this version does not know shows the user to nobody. */
    private static Mono<User> copy(UserChanges users, PreferencesChanged changed) {
        String name = changed.lastSeenVisibility();
        if (name == null) {
            return Mono.empty();
        }
        LastSeenVisibility visibility = LastSeenVisibility.named(name).orElse(LastSeenVisibility.NOBODY);
        return users.changeVisibility(changed.tenantId(), changed.userId(), visibility, changed.revision())
                .onErrorResume(
                        ApiException.class,
                        refused -> refused.code() == AuthError.USER_NOT_FOUND ? Mono.empty() : Mono.error(refused));
    }
}
