package dev.parley.notification.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.UserChanged;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What users are called, by what is told of them. */
class PeopleTest extends NotificationServiceTest {

    @Autowired
    private People people;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec codec;

    @Test
    void knowsTheNewestNameOfThoseWhoWereHeardOf() {
        publisher
                .publish(List.of(
                        codec.pending(user(alice, "Alice")),
                        codec.pending(user(bob, "Bob")),
                        codec.pending(user(alice, "Alice B."))))
                .block();

        Until.satisfied(
                () -> assertThat(people.namesOf(List.of(alice, bob, "nobody")).block())
                        .isEqualTo(Map.of(alice, "Alice B.", bob, "Bob")));
        assertThat(people.namesOf(List.of()).block()).isEmpty();
    }

    private static UserChanged user(String id, String displayName) {
        return new UserChanged(id, TENANT, id, displayName, null, null, null, null, true, null);
    }
}
