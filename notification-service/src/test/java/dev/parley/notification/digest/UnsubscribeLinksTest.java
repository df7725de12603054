package dev.parley.notification.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.digest.UnsubscribeLinks.Recipient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The links that switch e-mails off. */
class UnsubscribeLinksTest {

    private static final String OTHER = "another one that has more than 32 characters";
    private static final Recipient BOB = new Recipient("acme", "bob");

    private final UnsubscribeLinks links = links(TestSettings.KEY, List.of());

    private static UnsubscribeLinks links(String key, List<String> former) {
        return new UnsubscribeLinks(TestSettings.withKeys(key, former));
    }

    @Test
    void sayWhoseTheyAre() {
        assertThat(links.read(links.token(BOB))).contains(BOB);
        assertThat(links.of(BOB, "vi"))
                .isEqualTo("https://chat.example.org/api/v1/email-digest/unsubscribe/" + links.token(BOB)
                        + "?language=vi");
    }

    @Test
    void areOfNoUseForAnybodyElse() {
        String ofBob = links.token(BOB);
        String ofEve = links.token(new Recipient("acme", "eve"));
        String mixed = ofEve.substring(0, ofEve.indexOf('.')) + ofBob.substring(ofBob.indexOf('.'));

        assertThat(List.of(mixed, ofBob + "A", "A" + ofBob, ofBob.replace(".", ""), "", ".", "%.%", "x".repeat(5_000)))
                .allMatch(token -> links.read(token).isEmpty());
    }

    @Test
    void surviveAnotherKeyWhereTheFormerOneIsKept() {
        String old = links.token(BOB);

        assertThat(links(OTHER, List.of(TestSettings.KEY)).read(old)).contains(BOB);
        assertThat(links(OTHER, List.of()).read(old)).isEmpty();
        assertThat(links("", List.of()).read(old)).isEmpty();
    }
}
