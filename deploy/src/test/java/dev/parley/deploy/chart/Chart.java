package dev.parley.deploy.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Helm chart, as Helm itself renders it. */
final class Chart {

    static final Path FOLDER = Deployed.ROOT.resolve("deploy/helm/parley");

    /** The value sets that are compared with files: the names of files in {@code ci}. */
    static final List<String> VALUE_SETS = List.of("small", "production", "everything");

    private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

    private Chart() {}

    /** Rendered with a value set. */
    static String text(String valueSet) {
        return RENDERED.computeIfAbsent(valueSet, name -> command()
                .withValuesFile(FOLDER.resolve("ci/" + name + ".yaml"))
                .call());
    }

    static List<Manifest> manifests(String valueSet) {
        return Manifest.parse(text(valueSet));
    }

    /** Rendered with the defaults but for these values, such as {@code auth.enabled}. */
    static List<Manifest> with(Map<String, ?> values) {
        TemplateCommand command = command();
        values.forEach(command::set);
        return Manifest.parse(command.call());
    }

    private static TemplateCommand command() {
        return command(FOLDER);
    }

    /** How a copy of the chart in another folder is rendered. */
    static TemplateCommand command(Path folder) {
        return new Helm(folder)
                .template()
                .withName("parley")
                .withNamespace("chat")
                .withKubeVersion("1.35.0");
    }
}
