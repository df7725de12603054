package dev.parley.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import tools.jackson.databind.node.MissingNode;

/** An answer that none of our services wrote says whether the request or the service is at fault. */
class RelayedErrorTest {

    @ParameterizedTest
    @CsvSource({
        "400, MALFORMED_REQUEST",
        "414, MALFORMED_REQUEST",
        "431, MALFORMED_REQUEST",
        "404, UNAVAILABLE",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE"
    })
    void withoutACode(int status, PlatformError error) {
        for (String body : new String[] {"", "<html></html>", "{\"status\": 400}"}) {
            ClientResponse answer = ClientResponse.create(HttpStatusCode.valueOf(status))
                    .header(HttpHeaders.CONTENT_TYPE, "application/json")
                    .body(body)
                    .build();
            assertThat(RelayedError.from(answer).block())
                    .isInstanceOfSatisfying(ApiException.class, failure -> assertThat(failure.code())
                            .isEqualTo(error));
        }
        assertThat(RelayedError.of(HttpStatus.valueOf(status), MissingNode.getInstance(), null)
                        .code())
                .isEqualTo(error);
    }
}
