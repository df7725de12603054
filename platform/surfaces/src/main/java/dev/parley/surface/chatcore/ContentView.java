package dev.parley.surface.chatcore;

import dev.parley.events.Block;
import dev.parley.events.SenderKind;
import dev.parley.platform.file.FileUrls;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Blocks as text with attachments.
 *
 * @param type {@code text}, {@code attachment} where there is one, {@code system} for what the platform itself says
 */
public record ContentView(String type, @Nullable String text, List<AttachmentView> attachments) {

    static ContentView of(List<Block> blocks, SenderKind senderKind, FileUrls urls) {
        String text =
                blocks.stream().flatMap(block -> block.accept(WORDS).stream()).collect(Collectors.joining("\n"));
        List<AttachmentView> attachments = blocks.stream()
                .filter(Block.Media.class::isInstance)
                .map(block -> AttachmentView.of((Block.Media) block, urls))
                .toList();
        String type = senderKind == SenderKind.SYSTEM ? "system" : attachments.isEmpty() ? "text" : "attachment";
        return new ContentView(type, text.isEmpty() ? null : text, attachments);
    }

    /** What each type of block says in words. */
    private static final Block.Visitor<Optional<String>> WORDS = new Block.Visitor<>() {
        @Override
        public Optional<String> text(Block.Text text) {
            return Optional.of(text.content());
        }

        @Override
        public Optional<String> media(Block.Media media) {
            return Optional.empty();
        }

        @Override
        public Optional<String> encrypted(Block.Encrypted encrypted) {
            return Optional.empty();
        }

        @Override
        public Optional<String> notice(Block.Notice notice) {
            return Optional.of(notice.plainText());
        }

        @Override
        public Optional<String> sealed(Block.Sealed sealed) {
            return Optional.empty();
        }

        @Override
        public Optional<String> unknown(Block.Unknown unknown) {
            return unknown.text();
        }
    };
}
