package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer copies from the first page works, also when it is copied again. */
class FirstHourTest {

    private static final Path PAGE = Path.of("../README.md");
    private static final Path NODE_MODULES =
            Path.of("src/test/node/node_modules").toAbsolutePath();
    private static final Pattern BASH = Pattern.compile("(?s)```bash\n(.*?)```");

    @TempDir
    Path folder;

    private static List<String> blocks() throws IOException {
        String page = Files.readString(PAGE).replace("http://localhost:8080", RunningPlatform.baseUrl());
        return BASH.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static boolean has(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v " + program).start().waitFor() == 0;
    }

    private Process bash(String script, Path output) throws IOException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().putAll(Map.of("NODE_PATH", NODE_MODULES.toString()));
        return bash.start();
    }

    private String printed(String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process bash = bash(script, output);
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    @Test
    void theFirstChatCanBeHadTwice() throws Exception {
        assumeTrue(has("curl"), "needs curl");
        String chat = blocks().get(0);

        String first = printed(chat);
        String second = printed(chat);

        assertThat(first).contains("Hello Bob", "\"seq\":1", "\"hasMore\":false");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void theFirstSocketSendsAndHears() throws Exception {
        assumeTrue(
                has("curl") && has("node") && Files.isDirectory(NODE_MODULES.resolve("socket.io-client")),
                "needs curl, Node and: npm ci --prefix standalone/src/test/node --ignore-scripts");
        String script = blocks().get(0) + blocks().get(1).replaceAll("(?m)^npm .*$", "");
        Path output = Files.createTempFile(folder, "output", ".txt");

        Process socket = bash(script, output);
        try {
            Until.satisfied(() -> assertThat(Files.readString(output))
                    .contains("stored at ")
                    .containsPattern("alice wrote Hello by socket"));
        } finally {
            socket.descendants().forEach(ProcessHandle::destroy);
            socket.destroy();
        }
    }

    @Test
    void theFirstPageStartsEveryServiceByItself() throws IOException {
        String page = Files.readString(PAGE);
        List<String> services = ServiceRegistry.load().registry().keySet().stream()
                .map(PlatformService::configurationName)
                .toList();

        assertThat(services)
                .allSatisfy(service -> assertThat(page).contains("java -jar " + service + "/target/" + service));
        assertThat(page).contains("java -jar gateway-service/target/gateway-service");
    }
}
