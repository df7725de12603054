package dev.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationUpdated;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of the file of an icon when the conversation has another one. */
class IconReleaseTest extends MediaServiceTest {

    @Autowired
    private FileStore files;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Test
    void isLetGoWhenNobodyIsShownItAnyMore() {
        String former = claimed();
        String present = claimed();
        assertThat(file(former).purpose()).isEqualTo(Purpose.ICON);

        publish(released(former, Instant.now()));

        awaitLetGo(former);
        assertThat(file(present).purpose()).isEqualTo(Purpose.ICON);
        assertThat(file(present).expiresAt()).isNull();
    }

    @Test
    void staysIfItWasTakenAgainSince() {
        String again = claimed();
        String former = claimed();

        publish(released(again, file(again).attachedAt().minusMillis(1)), released(former, Instant.now()));

        awaitLetGo(former);
        assertThat(file(again).purpose()).isEqualTo(Purpose.ICON);
        assertThat(file(again).expiresAt()).isNull();
    }

    private void awaitLetGo(String fileId) {
        Until.satisfied(() -> {
            StoredFile former = files.byId(fileId).block();
            assertThat(former == null || former.expiresAt() != null).isTrue();
        });
    }

    private String claimed() {
        String fileId = uploads().ready(as(alice));
        Map<String, String> claim = Map.of(
                "tenantId",
                TENANT,
                "userId",
                alice,
                "fileId",
                fileId,
                "purpose",
                "icon",
                "conversationId",
                conversation);
        assertThat(asService().post("/internal/platform/files/claim", claim).status())
                .isEqualTo(200);
        return fileId;
    }

    private StoredFile file(String id) {
        return files.byId(id).blockOptional().orElseThrow();
    }

    private PendingEvent released(String fileId, Instant time) {
        return events.pending(new ConversationUpdated(conversation, TENANT, null, fileId, null, null), 0, time);
    }

    private void publish(PendingEvent... told) {
        publisher.publish(List.of(told)).block();
    }
}
