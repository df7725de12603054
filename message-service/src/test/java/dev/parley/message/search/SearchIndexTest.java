package dev.parley.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoTimeoutException;
import dev.parley.message.MessageError;
import dev.parley.platform.error.ApiException;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.UncategorizedMongoDbException;

class SearchIndexTest {

    @Test
    void tellsTheCallerToTryAgainWhenTheStoreTookTooLong() {
        MongoExecutionTimeoutException tooLong = new MongoExecutionTimeoutException(50, "too long");

        for (Throwable failure : new Throwable[] {tooLong, new UncategorizedMongoDbException("too long", tooLong)}) {
            assertThat(SearchIndex.tooSlow(failure))
                    .isInstanceOfSatisfying(ApiException.class, told -> assertThat(told.code())
                            .isEqualTo(MessageError.SEARCH_TOO_SLOW));
        }
        MongoTimeoutException away = new MongoTimeoutException("no server");
        assertThat(SearchIndex.tooSlow(away)).isSameAs(away);
    }
}
