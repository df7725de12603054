package dev.parley.surface.chatcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

/** How clients ask for pages, and how they get them. */
class PageTest {

    @Test
    void aPageIsAPartOfTheList() {
        assertThat(PageQuery.of(query("page=3&limit=10")).slice()).isEqualTo(new SliceRequest(20, 10));
        assertThat(PageQuery.of(query("page=1000000&limit=100")).slice()).isEqualTo(new SliceRequest(99_999_900, 100));
        assertThat(PageQuery.of(query("page=2")).slice()).isEqualTo(new SliceRequest(20, 20));
        assertThat(PageQuery.of(query("limit=7")).slice()).isEqualTo(new SliceRequest(0, 7));
        assertThat(PageQuery.of(query("")).slice()).isEqualTo(new SliceRequest(0, 1_000));
    }

    @Test
    void everyValueOutOfItsBoundsIsNamed() {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> PageQuery.of(query("page=0&limit=101")));
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("page", "limit");
        assertThat(refusal.errors()).extracting(FieldError::code).containsOnly("range");
    }

    @Test
    void thePageTellsHowManyThereAre() {
        PageQuery second = new PageQuery(2, 2);

        assertThat(json(Page.of(new Slice<>(List.of("c", "d"), 5), second)))
                .isEqualTo("{\"data\":[\"c\",\"d\"],"
                        + "\"meta\":{\"page\":2,\"limit\":2,\"total\":5,\"totalPages\":3,\"hasMore\":true}}");
        assertThat(json(Page.of(new Slice<>(List.of("c", "d"), 4), second)))
                .isEqualTo("{\"data\":[\"c\",\"d\"],"
                        + "\"meta\":{\"page\":2,\"limit\":2,\"total\":4,\"totalPages\":2,\"hasMore\":false}}");
        assertThat(json(Page.of(new Slice<>(List.of(), 0), second)))
                .isEqualTo(
                        "{\"data\":[],\"meta\":{\"page\":2,\"limit\":2,\"total\":0,\"totalPages\":0,\"hasMore\":false}}");
    }

    @Test
    void aCursorThatLeadsNowhereIsNull() {
        assertThat(json(new CursorPage<>(List.of("a"), new CursorPage.Meta(null, "p", false, 50))))
                .isEqualTo("{\"data\":[\"a\"],"
                        + "\"meta\":{\"nextCursor\":null,\"prevCursor\":\"p\",\"hasMore\":false,\"limit\":50}}");
    }

    private static String json(Object page) {
        return JsonMapper.shared().writeValueAsString(page);
    }

    private static MultiValueMap<String, String> query(String text) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        for (String parameter : text.isEmpty() ? new String[0] : text.split("&")) {
            query.add(parameter.substring(0, parameter.indexOf('=')), parameter.substring(parameter.indexOf('=') + 1));
        }
        return query;
    }
}
