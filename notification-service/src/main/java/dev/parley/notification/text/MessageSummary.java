package dev.parley.notification.text;

import dev.parley.events.Block;
import dev.parley.events.Block.Media;
import dev.parley.events.Block.MediaKind;
import dev.parley.events.MessageSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in a message, said in one line. */
final class MessageSummary implements Block.Visitor<Boolean> {

    private static final int SECONDS_OF_A_MINUTE = 60;

    private final List<String> texts = new ArrayList<>();
    private final List<Media> media = new ArrayList<>();

    private MessageSummary() {}

    /**
     * @return empty if there is nothing to be said: what is in it is encrypted, or it is of a later version and has no text
     */
    static Optional<String> of(MessageSnapshot message, Phrases phrases) {
        MessageSummary summary = new MessageSummary();
        if (message.title() != null) {
            summary.texts.add(message.title());
        }
        boolean open = message.blocks().stream().allMatch(block -> block.accept(summary));
        return open ? Optional.of(summary.line(phrases)).filter(line -> !line.isBlank()) : Optional.empty();
    }

    private String line(Phrases phrases) {
        String text = OneLine.of(String.join(" ", texts));
        if (media.isEmpty()) {
            return text;
        }
        String files = files(phrases);
        // The sign of the kind stands before the text that comes with a file.
        return text.isEmpty() ? files : files.substring(0, files.indexOf(' ') + 1) + text;
    }

    private String files(Phrases phrases) {
        Media first = media.get(0);
        int count = media.size();
        if (count > 1 && !media.stream().allMatch(each -> each.kind() == first.kind())) {
            return phrases.say(Phrase.FILES, count, "");
        }
        if (first.kind() == MediaKind.IMAGE) {
            return phrases.say(Phrase.PHOTOS, count);
        }
        if (first.kind() == MediaKind.VIDEO) {
            Double duration = first.duration();
            return count > 1 || duration == null
                    ? phrases.say(Phrase.VIDEOS, count)
                    : phrases.say(Phrase.VIDEO_TIMED, time(duration));
        }
        if (first.kind() == MediaKind.AUDIO && count == 1) {
            Double duration = first.duration();
            return duration == null ? phrases.say(Phrase.VOICE) : phrases.say(Phrase.VOICE_TIMED, time(duration));
        }
        return phrases.say(Phrase.FILES, count, OneLine.isolated(OneLine.of(first.filename())));
    }

    private static String time(double duration) {
        long seconds = Math.round(duration);
        return "%d:%02d".formatted(seconds / SECONDS_OF_A_MINUTE, seconds % SECONDS_OF_A_MINUTE);
    }

    @Override
    public Boolean text(Block.Text text) {
        return texts.add(text.plainText());
    }

    @Override
    public Boolean media(Media file) {
        return media.add(file);
    }

    @Override
    public Boolean notice(Block.Notice notice) {
        return texts.add(notice.plainText());
    }

    @Override
    public Boolean unknown(Block.Unknown unknown) {
        unknown.text().ifPresent(texts::add);
        return true;
    }

    @Override
    public Boolean encrypted(Block.Encrypted encrypted) {
        return false;
    }

    @Override
    public Boolean sealed(Block.Sealed sealed) {
        return false;
    }
}
