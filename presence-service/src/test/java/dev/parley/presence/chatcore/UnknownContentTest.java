package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a later version of the platform may tell of. */
class UnknownContentTest extends ChatServiceTest {

    @Test
    void aBlockOfALaterVersionIsShownAsItsText() {
        Device bobPhone = connect(bob);

        publish(
                message(alice, 1, new Block.Unknown("poll", Map.of("text", "Lunch?", "options", List.of("Soup")))),
                message(alice, 2, new Block.Unknown("shape", Map.of("sides", 3))),
                text(alice, 3));

        assertThat(bobPhone.await("new_message", 3))
                .extracting(told ->
                        told.path("message").path("content").path("text").asString("none"))
                .containsExactly("Lunch?", "none", "text 3");
    }

    @Test
    void aNoticeOfALaterVersionChangesNobodysMembership() {
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);

        publish(notice(alice, 1, NoticeKind.of("MEMBERS_MUTED"), bob, carol), text(alice, 2));

        assertThat(bobPhone.await("new_message", 2)
                        .get(0)
                        .path("message")
                        .path("content")
                        .path("text")
                        .asString())
                .isEqualTo("Something changed");
        settle(bobPhone);
        assertThat(bobPhone.events()).doesNotContain("participant_left", "participant_joined", "conversation_deleted");
        assertThat(bobPhone.told("new_message")).hasSize(2);
        publish(text(alice, 3));
        bobPhone.await("new_message", 3);
        assertThat(carolPhone.told("new_message")).isEmpty();
    }
}
