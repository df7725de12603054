package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client sends, what is made of it is bounded. */
class PacketParserTest {

    private static final int MAX_ATTACHMENTS = 10;
    private static final PacketLimits LIMITS = PacketLimits.defaults();
    private static final PacketParser PARSER = new PacketParser(JsonMapper.shared(), LIMITS, MAX_ATTACHMENTS);

    private static final String FIRST = "{\"_placeholder\":true,\"num\":0}";
    private static final String SECOND = "{\"_placeholder\":true,\"num\":1}";

    private static Packet parse(String text, byte[]... attachments) {
        return PARSER.parse(PARSER.head(text).with(List.of(attachments)));
    }

    private static void refuses(String text, byte[]... attachments) {
        assertThatThrownBy(() -> parse(text, attachments)).isInstanceOf(MalformedPacket.class);
    }

    private static String repeated(String piece, int times) {
        return IntStream.range(0, times).mapToObj(i -> piece).collect(Collectors.joining(","));
    }

    private static String keys(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void putsEachAttachmentWhereItsPlaceholderStands() {
        Packet packet =
                parse("52-[\"e\"," + SECOND + ",{\"deep\":[" + FIRST + "]}]", new byte[] {1}, new byte[] {2, 3});

        assertThat(packet.binary()).isTrue();
        assertThat(packet.args().get(0).binaryValue()).containsExactly(2, 3);
        assertThat(packet.args().get(1).path("deep").path(0).binaryValue()).containsExactly(1);
    }

    static Stream<String> wrongPlaceholders() {
        String thousands = repeated(FIRST, 5_000);
        return Stream.of(
                        "[\"e\"]",
                        "[\"e\"," + FIRST + "," + FIRST + "]",
                        "[\"e\",{\"a\":" + FIRST + ",\"b\":[" + FIRST + "]}]",
                        "[\"e\"," + thousands + "]",
                        "[\"e\"," + SECOND + "]",
                        "[\"e\"," + FIRST + "," + SECOND + "]",
                        "[\"e\",{\"_placeholder\":true,\"num\":-1}]",
                        "[\"e\",{\"_placeholder\":true,\"num\":0.5}]",
                        "[\"e\",{\"_placeholder\":true,\"num\":\"0\"}]",
                        "[\"e\",{\"_placeholder\":true,\"num\":4294967296}]",
                        "[\"e\",{\"_placeholder\":true}]",
                        "[\"e\",{\"_placeholder\":\"true\",\"num\":0}]",
                        "[\"e\",{\"_placeholder\":1,\"num\":0}]",
                        FIRST)
                .flatMap(json -> Stream.of("451-" + json, "451-/chat,7" + json, "461-7" + json));
    }

    @ParameterizedTest
    @MethodSource("wrongPlaceholders")
    void refusesAnAttachmentThatIsNotUsedExactlyOnce(String text) {
        refuses(text.substring(1), new byte[1]);
    }

    @Test
    void refusesAPlaceholderWithoutAnAttachment() {
        refuses("50-[\"e\"," + FIRST + "]");
    }

    @Test
    void leavesWhatLooksLikeAPlaceholderInAnEventWithoutAttachments() {
        assertThat(parse("2[\"e\"," + FIRST + "]").args().get(0).toString()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "511-[\"e\"]",
                "5999999999999999-[\"e\"]",
                "59999999999999999-[\"e\"]",
                "5-1-[\"e\"]",
                "5[\"e\"]",
                "5",
                "2",
                "",
                "9",
                "29999999999999999[\"e\"]"
            })
    void refusesAHeadThatIsWrong(String text) {
        refuses(text);
    }

    static Stream<String> tooMuch() {
        return Stream.of(
                        "[\"e\",[" + repeated("{}", 300_000) + "]]",
                        "[\"e\",[" + repeated("[]", 300_000) + "]]",
                        "[\"e\"," + repeated("1", 400_000) + "]",
                        "[\"e\"," + repeated("\"\"", 300_000) + "]",
                        "[\"e\"," + keys(60_000, "{}") + "]",
                        "[\"e\"," + keys(60_000, "null") + "]",
                        "[\"e\",[" + repeated(FIRST, 20_000) + "]]",
                        "[\"e\"," + "[".repeat(200) + "]".repeat(200) + "]",
                        "[\"e\"," + "[".repeat(400_000) + "]".repeat(400_000) + "]",
                        "[\"e\"," + "[".repeat(900_000),
                        "[\"e\"," + "{\"a\":".repeat(200) + "1" + "}".repeat(200) + "]",
                        "[\"e\"," + "9".repeat(900_000) + "]",
                        "[\"e\",0." + "9".repeat(900_000) + "]",
                        "[\"e\",1e" + "9".repeat(900_000) + "]",
                        "[\"e\",{\"" + "n".repeat(2_000) + "\":1}]")
                .flatMap(json -> Stream.of("2" + json, "2/chat,7" + json, "37" + json));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void refusesJsonOfMoreOrDeeperPartsThanTheLimits(String text) {
        refuses(text);
    }

    @Test
    void takesAsMuchAsTheLimitsAllow() {
        int values = LIMITS.maxTokens() - 3;

        Packet packet = parse("2[\"e\"," + repeated("1", values) + "]");

        assertThat(packet.args()).hasSize(values);
        assertThat(packet.size()).isGreaterThan(values * 50);
        refuses("2[\"e\"," + repeated("1", values + 1) + "]");
    }

    @Test
    void keepsLittleOfAConnect() {
        assertThat(parse("0/chat,{\"token\":\"" + "t".repeat(8_000) + "\",\"pid\":\"p\",\"offset\":\"o\"}")
                        .auth())
                .isNotNull();
        refuses("0/chat,{\"token\":[" + repeated("{}", 200) + "]}");
        refuses("0/chat," + keys(200, "1"));
    }

    /** Made of pieces of real packets, so that most come far. */
    private static String random(Random random) {
        String[] pieces = {
            "0",
            "1",
            "2",
            "3",
            "5",
            "6",
            "7",
            "1-",
            "2-",
            "9-",
            "/chat,",
            "/",
            ",",
            "12",
            "[",
            "]",
            "{",
            "}",
            "\"e\"",
            ":",
            FIRST,
            SECOND,
            "\"a\":",
            "null",
            "true",
            "1e400",
            "-",
            "\"",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "€",
            "[\"e\",",
            "{\"a\":1}",
            "]]]",
            "[[[[",
            "123456789012345678901234567890",
            " ",
            "\n"
        };
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            String piece = pieces[random.nextInt(pieces.length)];
            text.append(piece.repeat(random.nextInt(20) == 0 ? 1 + random.nextInt(300) : 1));
        }
        return text.toString();
    }

    @Test
    void neverFailsInAnotherWayAndNeverMakesMoreOfAPacketThanTheLimits() {
        Random random = new Random(12);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = random(random);
            byte[][] attachments = new byte[random.nextInt(3)][random.nextInt(100)];
            try {
                Packet packet = parse(text, attachments);
                int sent = text.length()
                        + Stream.of(attachments).mapToInt(one -> one.length).sum();
                assertThat(packet.size()).isBetween(0, sent + 64 * LIMITS.maxTokens());
                if (packet.type() == Packet.Type.EVENT) {
                    assertThat(packet.args().toString().length()).isLessThan(10 * sent + 100);
                }
                taken++;
            } catch (MalformedPacket refused) {
                // As it should be.
            }
        }
        assertThat(taken).isPositive();
    }
}
