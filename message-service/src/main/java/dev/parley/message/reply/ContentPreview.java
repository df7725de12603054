package dev.parley.message.reply;

import dev.parley.events.Block;
import java.util.List;

/** What is said of a message's content where there is room for one line. */
final class ContentPreview {

    private static final int MAX_LENGTH = 120;

    private static final Block.Visitor<String> WORDS = new Block.Visitor<>() {
        @Override
        public String text(Block.Text text) {
            return text.plainText();
        }

        @Override
        public String media(Block.Media media) {
            return media.filename();
        }

        @Override
        public String notice(Block.Notice notice) {
            return notice.plainText();
        }

        @Override
        public String encrypted(Block.Encrypted encrypted) {
            return "";
        }

        @Override
        public String sealed(Block.Sealed sealed) {
            return "";
        }

        @Override
        public String unknown(Block.Unknown unknown) {
            return unknown.text().orElse("");
        }
    };

    private ContentPreview() {}

    /** The words of the first block that has any, cut off where there is no more room. */
    static String of(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block.accept(WORDS))
                .filter(words -> !words.isBlank())
                .findFirst()
                .map(words -> words.length() <= MAX_LENGTH ? words : words.substring(0, lengthOfWholeCharacters(words)))
                .orElse("");
    }

    private static int lengthOfWholeCharacters(String words) {
        return Character.isHighSurrogate(words.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }
}
