package dev.parley.events;

import java.util.Optional;

/** What is said of a message where there is room for one line: the first words that it has, or else the name of its first file. */
record QuotePreview(QuoteState state, String text) {

    /** Code points. */
    private static final int MAX_LENGTH = 120;

    /** What a block says; nothing if there are no words in it. */
    private static final Block.Visitor<QuotePreview> OF_BLOCK = new Block.Visitor<>() {
        @Override
        public QuotePreview text(Block.Text text) {
            return new QuotePreview(QuoteState.TEXT, text.plainText());
        }

        @Override
        public QuotePreview media(Block.Media media) {
            return new QuotePreview(QuoteState.ATTACHMENT, media.filename());
        }

        @Override
        public QuotePreview notice(Block.Notice notice) {
            return new QuotePreview(QuoteState.TEXT, notice.plainText());
        }

        @Override
        public QuotePreview encrypted(Block.Encrypted encrypted) {
            return new QuotePreview(QuoteState.EMPTY, "");
        }

        @Override
        public QuotePreview sealed(Block.Sealed sealed) {
            return new QuotePreview(QuoteState.EMPTY, "");
        }

        @Override
        public QuotePreview unknown(Block.Unknown unknown) {
            return new QuotePreview(QuoteState.TEXT, unknown.text().orElse(""));
        }
    };

    static QuotePreview of(MessageSnapshot message) {
        MessageRevision changes = message.changes();
        if (changes != null && changes.deletedAt() != null) {
            return new QuotePreview(QuoteState.DELETED, "");
        }
        return first(message, QuoteState.TEXT)
                .or(() -> first(message, QuoteState.ATTACHMENT))
                .orElse(new QuotePreview(QuoteState.EMPTY, ""));
    }

    private static Optional<QuotePreview> first(MessageSnapshot message, QuoteState state) {
        return message.blocks().stream()
                .map(block -> block.accept(OF_BLOCK))
                .filter(preview -> preview.state() == state)
                .filter(preview ->
                        state == QuoteState.ATTACHMENT || !preview.text().isBlank())
                .findFirst()
                .map(QuotePreview::cut);
    }

    private QuotePreview cut() {
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                ? this
                : new QuotePreview(state, text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)));
    }
}
