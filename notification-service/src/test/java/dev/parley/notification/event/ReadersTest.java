package dev.parley.notification.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.NotificationServiceTest;
import dev.parley.platform.event.EventSubscription;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReadersTest extends NotificationServiceTest {

    @Autowired
    private List<EventSubscription> readers;

    /** Else each of them is stopped for a moment whenever another one comes or goes. */
    @Test
    void ofDifferentTopicsHaveGroupsOfTheirOwn() {
        assertThat(readers.stream().map(EventSubscription::group).filter(Objects::nonNull))
                .contains("notification-service")
                .doesNotHaveDuplicates();
    }
}
