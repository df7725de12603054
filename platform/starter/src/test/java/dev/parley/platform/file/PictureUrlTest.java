package dev.parley.platform.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.UserSummary;
import dev.parley.platform.test.TestFileUrls;
import org.junit.jupiter.api.Test;

class PictureUrlTest {

    private static final FileUrls FILES = TestFileUrls.URLS;

    @Test
    void aFileOfThePlatformHasASignedAddress() {
        UserSummary ann = new UserSummary("u-ann", "ann", "Ann", null, "f-ann");

        assertThat(PictureUrl.of(ann, FILES))
                .isEqualTo(FILES.ofPicture("f-ann"))
                .contains("/f-ann?")
                .contains("signature=");
    }

    @Test
    void aPictureThatSomebodyElseKeepsHasItsOwn() {
        UserSummary ann = new UserSummary("u-ann", "ann", "Ann", "https://example.org/ann.png");

        assertThat(PictureUrl.of(ann, FILES)).isEqualTo("https://example.org/ann.png");
    }

    @Test
    void whoHasNoneHasNoAddress() {
        assertThat(PictureUrl.of(new UserSummary("u-bob", "bob", "Bob", null), FILES))
                .isNull();
    }
}
