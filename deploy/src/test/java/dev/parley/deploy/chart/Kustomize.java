package dev.parley.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The manifests without Helm, as {@code kubectl kustomize} renders them. */
final class Kustomize {

    static final Path FOLDER = Deployed.ROOT.resolve("k8s");
    static final List<String> OVERLAYS = List.of("development", "production");

    private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();
    private static final Pattern KUSTOMIZE = Pattern.compile("(?m)^Kustomize Version: v([5-9]|\\d\\d)\\.");
    private static final boolean IS_INSTALLED = isInstalled();

    private Kustomize() {}

    /** An overlay; where there is no kubectl that can render it the test is skipped. */
    static List<Manifest> overlay(String name) {
        assumeTrue(
                IS_INSTALLED,
                "There is no kubectl 1.27 or newer on the PATH: install it (https://kubernetes.io/docs/tasks/tools)");
        return Manifest.parse(RENDERED.computeIfAbsent(
                name,
                overlay -> run(
                        "kustomize", FOLDER.resolve("overlays").resolve(overlay).toString())));
    }

    /** Older ones hold an older kustomize, which does not know what is used here. */
    private static boolean isInstalled() {
        boolean onThePath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        return onThePath && KUSTOMIZE.matcher(run("version", "--client")).find();
    }

    private static String run(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
        try {
            Process kubectl =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(kubectl.waitFor()).as(output).isZero();
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
