package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.platform.id.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A file of Alice was looked into. */
class ProcessedFileTest extends ChatServiceTest {

    private final String file = "file-" + Ids.next();

    @Test
    void isToldToAllDevicesOfItsUploaderAndToNobodyElse() {
        Device phone = connect(alice);
        Device tablet = connect(alice, "polling");
        Device bobPhone = connect(bob);

        publish(
                processed(TENANT, alice, null, FileStatus.INFECTED, false),
                processed(TENANT, alice, conversation, FileStatus.FAILED, false),
                processed(TENANT, alice, conversation, FileStatus.of("OF_A_LATER_VERSION"), false),
                processed(TENANT, null, conversation, FileStatus.INFECTED, false),
                processed("evil", alice, conversation, FileStatus.INFECTED, false),
                processed(TENANT, alice, conversation, FileStatus.READY, true),
                // All events of one file come in order: who has this one has had those before it.
                processed(TENANT, bob, conversation, FileStatus.READY, false));

        bobPhone.await("file_processed", 1);
        for (Device device : List.of(phone, tablet)) {
            assertThat(device.await("file_processed", 3))
                    .extracting(
                            told -> told.path("fileId").asString(),
                            told -> told.path("conversationId").asString("none"),
                            told -> told.path("status").asString(),
                            told -> told.path("thumbnail").asBoolean())
                    .containsExactly(
                            tuple(file, "none", "infected", false),
                            tuple(file, conversation, "failed", false),
                            tuple(file, conversation, "ready", true));
        }
        assertThat(bobPhone.told("file_processed"))
                .extracting(told -> told.path("status").asString())
                .containsExactly("ready");
    }

    private FileProcessed processed(
            String tenantId,
            @Nullable String uploaderId,
            @Nullable String conversationId,
            FileStatus status,
            boolean hasThumbnail) {
        return new FileProcessed(
                file, tenantId, conversationId, status, null, null, null, null, hasThumbnail, uploaderId);
    }
}
