package dev.parley.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.platform.registry.ServiceRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

/** What may know what. */
class LayoutTest {

    private static final List<String> SERVICES = Stream.concat(
                    Stream.of("gateway"), ServiceRegistry.load().registry().keySet().stream())
            .toList();

    private static final JavaClasses PARLEY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.parley");

    @Test
    void servicesKnowOfEachOtherOnlyThroughTheWire() {
        for (String service : SERVICES) {
            String[] others = SERVICES.stream()
                    .filter(other -> !other.equals(service))
                    .map(other -> "dev.parley." + other + "..")
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage("dev.parley." + service + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others));
        }
    }

    @Test
    void noServiceStandsOnTheEmbeddedParts() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.parley.embedded..", "dev.parley.standalone..", "dev.parley.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.parley.embedded.."));
    }

    @Test
    void whatIsSharedKnowsNoService() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.parley.events..", "dev.parley.platform..", "dev.parley.surface..", "dev.parley.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES.stream()
                        .map(service -> "dev.parley." + service + "..")
                        .toArray(String[]::new)));
    }

    @Test
    void eventsKnowNothingOfTheirPlatform() {
        check(classes()
                .that()
                .resideInAPackage("dev.parley.events..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.parley.events..", "java..", "com.fasterxml.jackson.annotation..", "org.jspecify.."));
    }

    @Test
    void noRuleOfTheDomainKnowsAWireForm() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("..chatcore..", "dev.parley.surface..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.parley.surface..", "dev.parley.(*).chatcore.."));
    }

    static Stream<String> modules() {
        return Stream.concat(SERVICES.stream(), Stream.of("platform", "embedded", "standalone"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesDependOnEachOtherInOneDirection(String module) {
        check(slices().matching("dev.parley." + module + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void nothingIsInjectedIntoFields() {
        check(fields().should().notBeAnnotatedWith(Autowired.class));
    }

    @Test
    void noClassIsNamedAfterBeingAnImplementation() {
        check(noClasses().should().haveSimpleNameEndingWith("Impl"));
    }

    @Test
    void controllersAreNoBusinessOfOthers() {
        check(methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                .and()
                .haveRawReturnType(Mono.class)
                .should()
                .notBePublic());
    }

    private static void check(ArchRule rule) {
        rule.check(PARLEY);
    }
}
