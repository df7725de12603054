package dev.parley.message.indexing;

import dev.parley.events.Block;
import dev.parley.message.encryption.ContentSealer;
import java.util.ArrayList;
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
        Collector collected = new Collector();
        blocks.forEach(block -> block.accept(collected));
        Document fields = new Document();
        if (!collected.words.isEmpty()) {
            fields.append(TEXT, String.join(" ", sealer.storedForm(collected.words)));
        }
        if (!collected.files.isEmpty()) {
            collected.files.add(0, ANY_FILE);
            fields.append(FILES, collected.files);
        }
        return fields;
    }

    /** A kind of file as it is stored in {@link #FILES}. */
    public static String kind(Block.MediaKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Answers whether the block is found by a search. */
    private static final class Collector implements Block.Visitor<Boolean> {

        private final Set<String> words = new LinkedHashSet<>();
        private final List<String> files = new ArrayList<>();

        @Override
        public Boolean text(Block.Text text) {
            return words.addAll(SearchWords.of(text.plainText()));
        }

        @Override
        public Boolean media(Block.Media media) {
            words.addAll(SearchWords.of(media.filename()));
            return files.add(kind(media.kind()));
        }

        @Override
        public Boolean unknown(Block.Unknown unknown) {
            return unknown.text()
                    .map(text -> words.addAll(SearchWords.of(text)))
                    .orElse(false);
        }

        @Override
        public Boolean encrypted(Block.Encrypted encrypted) {
            return false;
        }

        @Override
        public Boolean notice(Block.Notice notice) {
            return false;
        }

        @Override
        public Boolean sealed(Block.Sealed sealed) {
            return false;
        }
    }
}
