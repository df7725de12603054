package dev.parley.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.registry.ServiceRegistry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import reactor.core.publisher.Mono;

/** Which packages may know which others, and in what words. */
class LayoutTest {

    /** They have a domain; the gateway has none: it passes requests on. */
    private static final List<String> SERVICES_WITH_A_DOMAIN =
            List.copyOf(ServiceRegistry.load().registry().keySet());

    private static final List<String> SERVICES =
            Stream.concat(Stream.of("gateway"), SERVICES_WITH_A_DOMAIN.stream()).toList();

    /** In each service: the client surfaces, and the endpoints for other services. All other packages are the domain. */
    private static final String[] ADAPTERS = {"..chatcore..", "..internal.."};

    /** Wire protocols, or what other programs write, are what these packages are about. */
    private static final String[] PROTOCOLS = {
        "dev.parley.presence.routing..",
        "dev.parley.presence.transport..",
        "dev.parley.presence.engineio..",
        "dev.parley.presence.socketio..",
        "dev.parley.media.delivery..",
        "dev.parley.media.preview..",
        "dev.parley.media.tus..",
        "dev.parley.notification.apns..",
        "dev.parley.notification.deadletter..",
        "dev.parley.notification.expo..",
        "dev.parley.notification.fcm..",
        "dev.parley.notification.webhook..",
        "dev.parley.notification.webpush.."
    };

    /** What of a client surface's own language must not be met in the domain. */
    private static final Pattern SURFACE_WORDS = Pattern.compile(
            "\\b(participantIds|tempId|deliveryStatus|CursorPage|Page|PageQuery|nextCursor|prevCursor)\\b");

    private static final DescribedPredicate<JavaClass> HTTP_STATUS =
            type(HttpStatus.class).or(type(HttpStatusCode.class));

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
    void theStarterKnowsNoSurface() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.parley.platform..", "dev.parley.events..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.parley.surface.."));
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

    @Test
    void noRuleOfTheDomainKnowsWebRequestsOrJson() {
        DescribedPredicate<JavaClass> webOrJson = resideInAnyPackage(
                "org.springframework.http..", "org.springframework.web..", "tools.jackson..", "reactor.netty..");
        check(noClasses()
                .that(domain())
                .and()
                .resideOutsideOfPackages(PROTOCOLS)
                .should()
                .dependOnClassesThat(webOrJson
                        .and(DescribedPredicate.not(typesForCallingOtherServices()))
                        .and(DescribedPredicate.not(HTTP_STATUS))));
    }

    @Test
    void inTheDomainOnlyTheErrorCatalogueKnowsHttpStatuses() {
        check(noClasses()
                .that(domain())
                .and(DescribedPredicate.not(assignableTo(ErrorCode.class)))
                .and()
                .resideOutsideOfPackages(PROTOCOLS)
                .should()
                .dependOnClassesThat(HTTP_STATUS));
    }

    @Test
    void theDomainDoesNotSpeakTheLanguageOfASurface() {
        assertThat(SourceFiles.words(SURFACE_WORDS, LayoutTest::isOfDomainOrStarter))
                .isEmpty();
    }

    static Stream<String> modules() {
        return Stream.concat(SERVICES.stream(), Stream.of("platform", "embedded", "standalone"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesDependOnEachOtherInOneDirection(String module) {
        check(slices().matching("dev.parley." + module + ".(*)..").should().beFreeOfCycles());
    }

    static Stream<String> services() {
        return SERVICES.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void packagesOfAServiceKnowNoOthersThanStated(String service) {
        assertThat(PackageDependencies.of(service, PARLEY)).isEqualTo(PackageDependencies.stated(service));
    }

    @Test
    void everyPackageSaysInOneSentenceWhatItIsFor() {
        assertThat(SourceFiles.packagesWithoutSentence()).isEmpty();
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

    private static boolean isOfDomainOrStarter(String source) {
        boolean isOfService =
                SERVICES_WITH_A_DOMAIN.stream().anyMatch(service -> source.startsWith(service + "-service/"));
        return source.startsWith("platform/starter/") || isOfService && !source.contains("/chatcore/");
    }

    private static String[] packages(List<String> services) {
        return services.stream().map(service -> "dev.parley." + service + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> domain() {
        return resideInAnyPackage(packages(SERVICES_WITH_A_DOMAIN))
                .and(DescribedPredicate.not(resideInAnyPackage(ADAPTERS)))
                .as("classes of the domain");
    }

    /** A capability asks another service where it needs the answer. */
    private static DescribedPredicate<JavaClass> typesForCallingOtherServices() {
        return resideInAnyPackage(
                "org.springframework.web.reactive.function.client..",
                "org.springframework.web.util..",
                "org.springframework.http.codec..");
    }

    private static void check(ArchRule rule) {
        rule.check(PARLEY);
    }
}
