package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.registry.ServiceRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The registry of services agrees with the folders and with what Maven has to be told. */
class RegistryTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ServiceRegistry REGISTRY = ServiceRegistry.load();

    @Test
    void everyFolderOfAServiceHasAnEntry() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            List<String> services = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.endsWith("-service") && !name.equals("gateway-service"))
                    .toList();

            assertThat(REGISTRY.registry().keySet())
                    .extracting(PlatformService::configurationName)
                    .containsExactlyInAnyOrderElementsOf(services);
        }
    }

    @Test
    void everyServiceIsBuiltAndIsPartOfTheWhole() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        String whole = Files.readString(ROOT.resolve("standalone/pom.xml"));

        assertThat(REGISTRY.registry().keySet()).allSatisfy(service -> {
            assertThat(parent).contains("<module>" + service + "-service</module>");
            assertThat(whole).contains("<artifactId>" + service + "-service</artifactId>");
        });
    }

    @Test
    void everyServiceIsStartedByAClassOfItsOwn() {
        REGISTRY.registry().forEach((service, entry) -> assertThat(entry.application())
                .startsWith("dev.parley." + service + ".")
                .satisfies(Class::forName));
    }

    @Test
    void portsAreDistinctAndStandOnTheServicesPages() {
        assertThat(REGISTRY.registry().values())
                .extracting(entry -> entry.port())
                .doesNotHaveDuplicates()
                .doesNotContain(8080);
        REGISTRY.registry().forEach((service, entry) -> assertThat(ROOT.resolve(service + "-service/README.md"))
                .content()
                .contains(Integer.toString(entry.port())));
    }

    @Test
    void theGatewaysPageListsEveryRoute() throws IOException {
        String page = Files.readString(ROOT.resolve("gateway-service/README.md"));

        assertThat(REGISTRY.registry().values()).allSatisfy(entry -> {
            assertThat(entry.routes())
                    .extracting(ServiceRoute::pattern)
                    .allMatch(route -> page.contains("`" + route + "`"));
            assertThat(entry.sockets()).allMatch(path -> page.contains("`" + path + "`"));
            assertThat(entry.openPaths()).allMatch(path -> page.contains("`" + path + "`"));
        });
    }
}
