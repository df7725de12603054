package dev.parley.surface.chatcore;

import dev.parley.events.Block;
import dev.parley.events.SenderKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks as text with attachments.
 *
 * @param type {@code text}, {@code attachment} where there is one, {@code system} for what the platform itself says
 */
public record ContentView(String type, @Nullable String text, List<AttachmentView> attachments) {

    static ContentView of(List<Block> blocks, SenderKind senderKind) {
        String text = blocks.stream().flatMap(ContentView::words).collect(Collectors.joining("\n"));
        List<AttachmentView> attachments = blocks.stream()
                .filter(Block.Media.class::isInstance)
                .map(block -> AttachmentView.of((Block.Media) block))
                .toList();
        String type = senderKind == SenderKind.SYSTEM ? "system" : attachments.isEmpty() ? "text" : "attachment";
        return new ContentView(type, text.isEmpty() ? null : text, attachments);
    }

    private static Stream<String> words(Block block) {
        if (block instanceof Block.Text text) {
            return Stream.of(text.content());
        }
        return block instanceof Block.Notice notice ? Stream.of(notice.plainText()) : Stream.empty();
    }
}
