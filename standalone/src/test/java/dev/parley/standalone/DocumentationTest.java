package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages promise exists. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** Calls of other services, as their clients are made. */
    private static final Pattern CALL = Pattern.compile("services\\.(?:of|nodesOf)\\(\"([a-z-]+)\"\\)");

    private static final Pattern ARROW =
            Pattern.compile("(?m)^ *([a-z]+)(?: -- \"[^\"]*\")? -->(?:\\|[^|]*\\|)? *([a-z]+)");
    private static final Pattern ENDPOINTS =
            Pattern.compile("((?:GET|POST|PUT|PATCH|DELETE)(?:, [A-Z]+)*) `?(/api/v1/[^`?*\\s]+)");

    private record Endpoint(String method, String path) {}

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/")
                            && !file.toString().contains("/vendor/"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        assertThat(LINK.matcher(Files.readString(page)).results().toList()).allSatisfy(link -> {
            Path file = link.group(1).isEmpty()
                    ? page
                    : page.resolveSibling(link.group(1)).normalize();
            assertThat(file).exists();
            if (link.group(2) != null) {
                assertThat(anchors(file)).contains(link.group(2));
            }
        });
    }

    /** As the web sites that show such pages name headings. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void everyDecisionHasANumberOfItsOwn() throws IOException {
        try (Stream<Path> records = Files.list(ROOT.resolve("docs/decisions"))) {
            List<Path> all = records.toList();

            assertThat(all)
                    .hasSizeGreaterThan(10)
                    .extracting(record -> record.getFileName().toString().substring(0, 4))
                    .doesNotHaveDuplicates();
            for (Path record : all) {
                int number = Integer.parseInt(record.getFileName().toString().substring(0, 4));
                assertThat(record).content().startsWith("# " + number + ". ");
            }
        }
    }

    @Test
    void theFirstPageDrawsEveryCallBetweenServices() throws IOException {
        String page = Files.readString(ROOT.resolve("README.md"));
        Set<String> drawn = ARROW.matcher(page.substring(page.indexOf("**Requests.**"), page.indexOf("**Events.**")))
                .results()
                .map(arrow -> arrow.group(1) + " calls " + arrow.group(2))
                .filter(call -> !call.startsWith("clients"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> made = new TreeSet<>();
        for (String service : ServiceRegistry.load().registry().keySet()) {
            made.add("gateway calls " + service);
            Path folder = ROOT.resolve(PlatformService.configurationName(service));
            String sources = PlatformService.configurationName(service) + "/";
            SourceFiles.words(CALL, source -> source.startsWith(sources))
                    .values()
                    .forEach(called -> called.forEach(callee -> made.add(service + " calls " + callee)));
            // The starter's directory of users asks on the service's behalf.
            String settings = Files.readString(folder.resolve("src/main/resources/" + service + "-service.yml"));
            if (settings.contains("directory:")) {
                made.add(service + " calls auth");
            }
        }

        assertThat(drawn).isEqualTo(made);
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
