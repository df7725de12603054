package dev.parley.message.mention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.events.Block;
import dev.parley.message.mention.MentionedNames.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MentionedNamesTest {

    @Test
    void readsNamesAsTheyAreTyped() {
        assertThat(in("@ann")).containsExactly(List.of("ann"));
        assertThat(in("(@Ann), @Björn: @ann")).containsExactly(List.of("ann"), List.of("bjorn"), List.of("ann"));
        assertThat(in("@ann.lee+x@y.org")).containsExactly(List.of("ann.lee+x@y.org", "ann.lee+x"), List.of("y.org"));
        assertThat(in("well, @ann...")).containsExactly(List.of("ann...", "ann"));
        assertThat(in("@ann's and\n@bob!")).containsExactly(List.of("ann"), List.of("bob"));
        assertThat(in("@小明看")).containsExactly(List.of("小明看", "小明", "小"));
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
                .extracting(readings -> readings.get(readings.size() - 1))
                .containsExactly("ann", "bob");
        assertThat(in("@" + longest + " @" + longest + "a @" + longest + "."))
                .containsExactly(List.of(longest), List.of(longest));
    }

    /** A text that takes quadratic time would take minutes. */
    @Test
    void readsInLinearTime() {
        int length = 400_000;
        for (String part :
                List.of("@", "x@", "字@", "a/", "a.", "a.b?", "https://", ".", "\u0301", "@\u0301", "@..", "@a")) {
            String text = part.repeat(length / part.length());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> MentionedNames.in(List.of(Block.Text.plain(text + "/@"), Block.Text.plain("@" + text)), 20),
                    part);
        }
    }

    @Test
    void readsNoMoreNamesThanItMay() {
        assertThat(in("@a @b @c @d")).containsExactly(List.of("a"), List.of("b"), List.of("c"));
        String crowd = IntStream.range(0x4E00, 0x4E19)
                .mapToObj(i -> "@" + Character.toString(i).repeat(60))
                .collect(Collectors.joining(" "));
        assertThat(MentionedNames.in(List.of(Block.Text.plain(crowd)), 25).all())
                .hasSize(500);
    }

    @Test
    void takesTheNameThatIsWrittenOfTwoThatFoldToTheSame() {
        Map<String, String> users = Map.of("björn", "1", "bjorn", "2");

        assertThat(mentioned("@Björn", users)).containsExactly("1");
        assertThat(mentioned("@bjorn", users)).containsExactly("2");
        assertThat(mentioned("@BJÓRN", users)).containsExactly("2");
    }

    private static List<String> mentioned(String text, Map<String, String> users) {
        return MentionedNames.in(List.of(Block.Text.plain(text)), 3).mentioned(users);
    }

    private static List<List<String>> in(String text) {
        return MentionedNames.in(List.of(Block.Text.plain(text)), 3).places().stream()
                .map(place -> place.readings().stream().map(Reading::folded).toList())
                .toList();
    }
}
