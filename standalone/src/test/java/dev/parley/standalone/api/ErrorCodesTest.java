package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.PlatformError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The errors in the documents are those of the catalogues. */
class ErrorCodesTest {

    private static final List<ErrorCode> CATALOGUES = Endpoints.subtypes(ErrorCode.class)
            .filter(Class::isEnum)
            .flatMap(type -> Arrays.stream(type.getEnumConstants()))
            .map(ErrorCode.class::cast)
            .toList();

    @Test
    void everyErrorOfAnOperationHasTheStatusThatItIsListedUnder() {
        Stream<String> own = ApiContract.operations().stream()
                .flatMap(operation -> operation.definition().path("responses").propertyStream())
                .filter(response -> response.getKey().matches("[45].."))
                .flatMap(ErrorCodesTest::listed);
        Stream<String> common = IntStream.range(400, 600).boxed().flatMap(status -> ApiContract.common(status).stream()
                .map(code -> status + " " + code));

        assertThat(CATALOGUES)
                .extracting(error -> error.status().value() + " " + error.code())
                .containsAll(Stream.concat(own, common).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A response without a code is listed as it is, which no catalogue knows. */
    private static Stream<String> listed(Map.Entry<String, JsonNode> response) {
        String description = ApiContract.DOCUMENT
                .resolve(response.getValue())
                .path("description")
                .asString();
        List<String> codes = Document.codes(description);
        return codes.isEmpty()
                ? Stream.of(response.toString())
                : codes.stream().map(code -> response.getKey() + " " + code);
    }

    @Test
    void everyErrorOfTheCataloguesIsDocumented() {
        Set<String> documented = Stream.of(ApiContract.DOCUMENT, EventContract.DOCUMENT)
                .flatMap(Document::nodes)
                .flatMap(node -> Document.codes(node.path("description").asString("")).stream())
                .collect(Collectors.toSet());

        assertThat(CATALOGUES)
                .filteredOn(error -> error != PlatformError.INVALID_SERVICE_CREDENTIALS) // only services get to see it
                .extracting(ErrorCode::code)
                .isSubsetOf(documented);
    }
}
