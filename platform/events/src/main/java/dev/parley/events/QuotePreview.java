package dev.parley.message.reply;

import dev.parley.events.Block;
import dev.parley.platform.text.TextLength;
import dev.parley.platform.text.VisibleText;
import java.util.List;

/** What is said of a message's content where there is room for one line. */
final class ContentPreview {

    /** Code points. */
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
                .filter(words -> !VisibleText.isBlank(words))
                .findFirst()
                .map(words -> TextLength.cut(words, MAX_LENGTH))
                .orElse("");
    }
}
