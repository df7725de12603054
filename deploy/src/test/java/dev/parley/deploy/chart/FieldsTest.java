package dev.parley.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every object is one that Kubernetes knows, and of its type. */
class FieldsTest {

    static java.util.stream.Stream<ManifestSource> sources() {
        return ManifestSource.all();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void kubernetesKnowsEveryField(ManifestSource source) {
        List<Manifest> manifests = source.manifests().get();

        assertThat(manifests).hasSizeGreaterThan(20).allSatisfy(manifest -> assertThat(KnownFields.unknown(manifest))
                .as(manifest.kind() + " " + manifest.name())
                .isEmpty());
    }

    @Test
    void aMisspeltFieldIsFoundWhereverItStands() {
        Manifest manifest = Manifest.parse("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: { name: x, label: {} }
                        spec:
                          template:
                            spec:
                              containers:
                                - { name: x, securityContext: { readOnlyRootFileSystem: true } }
                        """).get(0);

        assertThat(KnownFields.unknown(manifest))
                .containsExactlyInAnyOrder(
                        "metadata.label", "spec.template.spec.containers[].securityContext.readOnlyRootFileSystem");
    }

    @Test
    void aMisspeltFieldOfAnExtensionIsFound() {
        Manifest manifest = Manifest.parse("""
                        apiVersion: external-secrets.io/v1
                        kind: ExternalSecret
                        metadata: { name: x }
                        spec: { secretStoreRef: { nam: vault } }
                        """).get(0);

        assertThat(KnownFields.unknown(manifest)).containsExactly("spec.secretStoreRef.nam");
    }

    @Test
    void aValueOfAnotherTypeIsFound() {
        Manifest manifest = Manifest.parse("""
                        apiVersion: v1
                        kind: Pod
                        metadata: { name: x }
                        spec: { containers: [ { name: x, env: [ { name: PORT, value: 8080 } ] } ] }
                        """).get(0);

        assertThatThrownBy(() -> KnownFields.unknown(manifest)).hasMessageContaining("value");
    }
}
