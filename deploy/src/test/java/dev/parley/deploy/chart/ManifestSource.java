package dev.parley.deploy.chart;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where manifests come from: the rules hold for all of them.
 *
 * @param name as it is shown in the tests' report
 */
record ManifestSource(String name, Supplier<List<Manifest>> manifests) {

    static Stream<ManifestSource> all() {
        return Stream.concat(
                Chart.VALUE_SETS.stream()
                        .map(valueSet -> new ManifestSource("chart, " + valueSet, () -> Chart.manifests(valueSet))),
                Kustomize.OVERLAYS.stream()
                        .map(overlay -> new ManifestSource("kustomize, " + overlay, () -> Kustomize.overlay(overlay))));
    }

    @Override
    public String toString() {
        return name;
    }
}
