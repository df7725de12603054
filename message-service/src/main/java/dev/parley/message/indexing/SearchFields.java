package dev.parley.message.indexing;

import dev.parley.events.Block;
import dev.parley.message.encryption.ContentSealer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.Document;

/**
 * The fields that are stored with a message so that a search finds it by its words and its files. System messages and
 * tombstones have none.
 */
public final class SearchFields {

    /** The words of the text and of the names of files, separated by spaces. */
    public static final String TEXT = "searchText";

    /** {@link #ANY_FILE}, and then the kind of each file in their order. */
    public static final String FILES = "files";

    public static final String ANY_FILE = "any";

    private SearchFields() {}

    /** @param sealer of the conversation: where contents are sealed, so are their words */
    public static Document of(List<Block> blocks, ContentSealer sealer) {
        Set<String> words = new LinkedHashSet<>();
        List<String> files = new ArrayList<>();
        for (Block block : blocks) {
            words.addAll(block.accept(WORDS));
            if (block instanceof Block.Media media) {
                files.add(kind(media.kind()));
            }
        }
        Document fields = new Document();
        if (!words.isEmpty()) {
            fields.append(TEXT, String.join(" ", sealer.storedForm(words)));
        }
        if (!files.isEmpty()) {
            files.add(0, ANY_FILE);
            fields.append(FILES, files);
        }
        return fields;
    }

    /** A kind of file as it is stored in {@link #FILES}. */
    public static String kind(Block.MediaKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The words by which a search finds a block. */
    private static final Block.Visitor<Collection<String>> WORDS = new Block.Visitor<>() {
        @Override
        public Collection<String> text(Block.Text text) {
            return SearchWords.of(text.plainText());
        }

        @Override
        public Collection<String> media(Block.Media media) {
            return SearchWords.of(media.filename());
        }

        @Override
        public Collection<String> unknown(Block.Unknown unknown) {
            return unknown.text().<Collection<String>>map(SearchWords::of).orElse(Set.of());
        }

        @Override
        public Collection<String> encrypted(Block.Encrypted encrypted) {
            return Set.of();
        }

        @Override
        public Collection<String> notice(Block.Notice notice) {
            return Set.of();
        }

        @Override
        public Collection<String> sealed(Block.Sealed sealed) {
            return Set.of();
        }
    };
}
