package dev.parley.media.content;

import dev.parley.media.file.FileRules;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes the declared type for the type of the content, where it is allowed. */
@Component
final class DeclaredType implements ContentCheck {

    private final FileRules rules;

    DeclaredType(FileRules rules) {
        this.rules = rules;
    }

    @Override
    public Mono<Checked> check(Sample sample) {
        return Mono.fromCallable(() -> {
            String type = sample.declared().mimeType();
            rules.requireAllowed(sample.declared().tenantId(), type);
            return new Checked(type, null);
        });
    }
}
