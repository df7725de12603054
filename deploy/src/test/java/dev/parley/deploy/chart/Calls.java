package dev.parley.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who calls whom, as the first page draws it; {@code DocumentationTest} compares the drawing with the services' code.
 */
final class Calls {

    /** What the drawing leaves to a sentence below it. */
    private static final String KEYS_OF_TOKENS =
            "every service fetches the keys that verify tokens (JWKS) from auth-service";

    private static final String KEYS_OF_CONVERSATIONS =
            "With encryption, conversation-, media- and\npresence-service fetch the wrapped keys of conversations from message-service";

    private static final Pattern ARROW =
            Pattern.compile("(?m)^ *([a-z]+)(?: -- \"[^\"]*\")? -->(?:\\|[^|]*\\|)? *([a-z]+)");

    private static final Map<String, Set<String>> DRAWN = drawn();

    private Calls() {}

    /** Whom a service calls without encryption. */
    static Set<String> of(String caller) {
        return DRAWN.get(caller);
    }

    /** Whom a service calls with encryption. */
    static Set<String> withEncryption(String caller) {
        Set<String> calls = new TreeSet<>(DRAWN.get(caller));
        if (Set.of("conversation", "media", "presence").contains(caller)) {
            calls.add("message");
        }
        return calls;
    }

    private static Map<String, Set<String>> drawn() {
        Map<String, Set<String>> calls = new TreeMap<>();
        String page = page();
        assertThat(page).contains(KEYS_OF_TOKENS, KEYS_OF_CONVERSATIONS);
        String drawing = page.substring(page.indexOf("**Requests.**"), page.indexOf("**Events.**"));
        Deployed.ports().keySet().forEach(service -> calls.put(service, new TreeSet<>()));
        ARROW.matcher(drawing)
                .results()
                .filter(arrow -> !arrow.group(1).equals("clients"))
                .forEach(arrow -> calls.get(arrow.group(1)).add(arrow.group(2)));
        calls.forEach((service, called) -> {
            if (!service.equals("auth")) {
                called.add("auth");
            }
        });
        return calls;
    }

    private static String page() {
        try {
            return Files.readString(Deployed.ROOT.resolve("README.md"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
