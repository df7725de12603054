package dev.parley.conversation.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.MediaKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListFilterTest {

    private static final MessageSnapshot PICTURE = sealed(List.of(MediaKind.IMAGE));
    private static final MessageSnapshot WORDS = sealed(List.of());
    private static final MessageSnapshot OLD = sealed(null);

    @Test
    void findsSealedMessagesThatHaveFiles() {
        assertThat(attachments(true).fits(PICTURE)).isTrue();
        assertThat(attachments(true).fits(WORDS)).isFalse();
        assertThat(attachments(false).fits(PICTURE)).isFalse();
        assertThat(attachments(false).fits(WORDS)).isTrue();
    }

    @Test
    void findsSealedMessagesByTheKindOfTheirFiles() {
        assertThat(kind(MediaKind.IMAGE).fits(PICTURE)).isTrue();
        assertThat(kind(MediaKind.VIDEO).fits(PICTURE)).isFalse();
        assertThat(kind(MediaKind.IMAGE).fits(WORDS)).isFalse();
    }

    @Test
    void takesWhatDoesNotSayItsFilesAsWithoutAny() {
        assertThat(attachments(true).fits(OLD)).isFalse();
        assertThat(kind(MediaKind.IMAGE).fits(OLD)).isFalse();
    }

    private static ListFilter attachments(boolean wanted) {
        return new ListFilter(null, null, null, null, null, null, wanted, null, List.of());
    }

    private static ListFilter kind(MediaKind wanted) {
        return new ListFilter(null, null, null, null, null, null, null, wanted, List.of());
    }

    private static MessageSnapshot sealed(List<MediaKind> media) {
        return new MessageSnapshot(
                "m1",
                "acme",
                "c1",
                1,
                1,
                1,
                new UserSummary("ann", "ann", "Ann", null),
                SenderKind.USER,
                null,
                List.of(new Block.Sealed("k1", "AAAA", media)),
                null,
                List.of(),
                Instant.EPOCH,
                null);
    }
}
