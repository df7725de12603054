package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages promise is there. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern ENDPOINTS =
            Pattern.compile("((?:GET|POST|PUT|PATCH|DELETE)(?:, [A-Z]+)*) `?(/api/v1/[^`?*\\s]+)");

    private record Endpoint(String method, String path) {}

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/vendor/"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        List<Path> linked = LINK.matcher(Files.readString(page))
                .results()
                .map(link -> page.resolveSibling(link.group(1)).normalize())
                .toList();

        assertThat(linked).allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void everyEndpointIsServed() throws IOException {
        ChatUser user = ChatUser.register(RunningPlatform.baseUrl(), "Reader");
        List<Endpoint> endpoints =
                pages().flatMap(DocumentationTest::endpoints).distinct().toList();

        assertThat(endpoints).hasSizeGreaterThan(12).allSatisfy(endpoint -> {
            String path = endpoint.path().replaceAll("\\{\\w+}", "x");
            ApiClient.Answer answer = user.api().call(endpoint.method(), path, Map.of());
            assertThat(answer.code())
                    .isNotIn("request.no-such-resource", "request.method-not-allowed", "service.internal-error");
        });
    }

    private static Stream<Endpoint> endpoints(Path page) {
        try {
            return ENDPOINTS
                    .matcher(Files.readString(page))
                    .results()
                    .flatMap(found ->
                            Stream.of(found.group(1).split(", ")).map(method -> new Endpoint(method, found.group(2))))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
