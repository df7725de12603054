package dev.parley.message.mention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionedNamesTest {

    @Test
    void readsNamesAsTheyAreTyped() {
        assertThat(in("@ann")).containsExactly(List.of("ann"));
        assertThat(in("(@Ann), @Björn: @ann")).containsExactly(List.of("ann"), List.of("björn"));
        assertThat(in("@ann.lee+x@y.org")).containsExactly(List.of("ann.lee+x@y.org"));
        assertThat(in("well, @ann...")).containsExactly(List.of("ann...", "ann"));
        assertThat(in("@ann's and\n@bob!")).containsExactly(List.of("ann"), List.of("bob"));
    }

    @Test
    void takesNoAddressForAMention() {
        assertThat(in("ann@example.org, x.@ann, é@ann, 1@ann, @ ann, no names")).isEmpty();
    }

    @Test
    void readsLongTextsWithoutTakingWhatIsTooLongForAName() {
        String dots = ".".repeat(200_000);
        String longest = "a".repeat(64);

        assertThat(in("@" + dots + "x @" + dots + " @ann" + dots + " @bob"))
                .containsExactly(List.of("ann"), List.of("bob"));
        assertThat(in("@" + longest + " @" + longest + "a @" + longest + ".")).containsExactly(List.of(longest));
    }

    @Test
    void readsNoMoreNamesThanItMay() {
        assertThat(in("@a @b @c @d")).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    }

    private static List<List<String>> in(String text) {
        return MentionedNames.in(List.of(Block.Text.plain(text)), 3).readings();
    }
}
