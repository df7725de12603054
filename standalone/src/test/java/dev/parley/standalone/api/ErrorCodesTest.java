package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.PlatformError;
import java.util.Arrays;
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

    /** Only services get to see it. */
    private static final String INTERNAL = PlatformError.INVALID_SERVICE_CREDENTIALS.code();

    private static final Map<String, Integer> CATALOGUE = Endpoints.subtypes(ErrorCode.class)
            .filter(Class::isEnum)
            .flatMap(type -> Arrays.stream(type.getEnumConstants()))
            .map(ErrorCode.class::cast)
            .collect(Collectors.toMap(ErrorCode::code, error -> error.status().value(), (one, same) -> one));

    @Test
    void everyErrorOfAnOperationHasTheStatusThatItIsListedUnder() {
        assertThat(ApiContract.operations()).allSatisfy(operation -> operation
                .definition()
                .path("responses")
                .propertyStream()
                .filter(response ->
                        response.getKey().startsWith("4") || response.getKey().startsWith("5"))
                .forEach(response -> assertThat(codes(response.getValue()))
                        .as("%s %s", operation, response.getKey())
                        .isNotEmpty()
                        .allSatisfy(code ->
                                assertThat(CATALOGUE).containsEntry(code, Integer.parseInt(response.getKey())))));
    }

    @Test
    void everyErrorThatAllOperationsShareHasTheStatusThatItIsListedUnder() {
        assertThat(IntStream.range(400, 600).boxed()).allSatisfy(status -> assertThat(ApiContract.common(status))
                .allSatisfy(code -> assertThat(CATALOGUE).containsEntry(code, status)));
    }

    @Test
    void everyErrorOfTheCataloguesIsDocumented() {
        Set<String> documented = Stream.of(ApiContract.DOCUMENT, EventContract.DOCUMENT)
                .flatMap(Document::nodes)
                .flatMap(node -> Document.codes(node.path("description").asString("")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        documented.add(INTERNAL);

        assertThat(documented).containsAll(CATALOGUE.keySet());
    }

    private static Stream<String> codes(JsonNode response) {
        return Document.codes(
                ApiContract.DOCUMENT.resolve(response).path("description").asString())
                .stream();
    }
}
