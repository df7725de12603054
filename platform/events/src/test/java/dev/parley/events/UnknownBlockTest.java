package dev.parley.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UnknownBlockTest {

    private static final JsonMapper JSON = new JsonMapper();

    private record Holder(List<Block> blocks) {}

    @Test
    void aBlockOfALaterVersionIsWrittenAsItCame() {
        String later = """
                {"blocks":[
                  {"type":"poll","text":"Lunch?","options":[{"id":1,"votes":["a"]},{"id":2,"votes":[]}],"open":true,"end":null},
                  {"type":"text","format":"PLAIN","content":"hello","plainText":"hello"}
                ]}""";

        Holder read = JSON.readValue(later, Holder.class);

        assertThat(read.blocks().get(0)).isInstanceOf(Block.Unknown.class);
        assertThat(((Block.Unknown) read.blocks().get(0)).text()).contains("Lunch?");
        assertThat(read.blocks().get(1)).isEqualTo(Block.Text.plain("hello"));
        assertThat(JSON.readTree(JSON.writeValueAsString(read))).isEqualTo(JSON.readTree(later));
    }

    @Test
    void aBlockOfALaterVersionThatSaysNothingHasNoText() {
        Block read = JSON.readValue("{\"type\":\"shape\",\"content\":{\"sides\":3}}", Block.class);

        assertThat(((Block.Unknown) read).text()).isEmpty();
        assertThat(JSON.writeValueAsString(read)).isEqualTo("{\"type\":\"shape\",\"content\":{\"sides\":3}}");
    }
}
