package dev.parley.message.search;

import dev.parley.platform.metrics.OutcomeTimer;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** How long searches for words and listings of files take. */
@Component
final class SearchTimers {

    private static final String SEARCH = "parley.messages.search";
    private static final String DESCRIPTION = "How long a search took, in all conversations that it looked into";

    private final OutcomeTimer words;
    private final OutcomeTimer files;

    SearchTimers(MeterRegistry meters) {
        this.words = new OutcomeTimer(meters, SEARCH, DESCRIPTION, "for", "words");
        this.files = new OutcomeTimer(meters, SEARCH, DESCRIPTION, "for", "files");
    }

    OutcomeTimer words() {
        return words;
    }

    OutcomeTimer files() {
        return files;
    }
}
