package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.docs.AsyncApiDocument;
import dev.parley.gateway.docs.OpenApiDocument;
import dev.parley.standalone.NodeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The linter that readers of such documents use has nothing to say of them: Spectral, which knows both kinds. */
class LintTest {

    private static final Path NODE = Path.of("src/test/node");
    private static final Path LINTER = NODE.resolve("node_modules/@stoplight/spectral-cli/dist/index.js");
    private static final long LONGEST_SECONDS = 120;

    private record Linted(int exitCode, String output) {}

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheLinter() throws Exception {
        NodeModule.orSkip(LINTER);
    }

    @Test
    void hasNothingToSayOfTheRestDocument() throws Exception {
        Linted linted = lint(OpenApiDocument.assemble());

        assertThat(linted.exitCode()).as(linted.output()).isZero();
    }

    @Test
    void hasNothingToSayOfTheEventsDocument() throws Exception {
        Linted linted = lint(AsyncApiDocument.assemble());

        assertThat(linted.exitCode()).as(linted.output()).isZero();
    }

    @Test
    void hasSomethingToSayOfWorseOnes() throws Exception {
        ObjectNode rest = OpenApiDocument.assemble();
        ((ObjectNode) rest.at("/paths/~1api~1v1~1users~1me/get")).remove("tags");
        ObjectNode events = AsyncApiDocument.assemble();
        events.putObject("channels").putObject("chat").put("address", "/chat?query");

        assertThat(lint(rest).output()).contains("operation-tags");
        assertThat(lint(events).exitCode()).isNotZero();
    }

    private Linted lint(ObjectNode document) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile(folder, "document", ".json"), document.toString());
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process spectral = new ProcessBuilder(List.of(
                        "node",
                        LINTER.toString(),
                        "lint",
                        "--ruleset",
                        NODE.resolve("spectral.yaml").toString(),
                        "--fail-severity",
                        "hint",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(spectral.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Linted(spectral.exitValue(), Files.readString(output));
    }
}
