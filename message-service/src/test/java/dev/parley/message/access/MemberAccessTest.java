package dev.parley.message.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the answers of conversation-service come to here. */
class MemberAccessTest {

    private static MemberAccess answer(String actions) {
        return new JsonMapper().readValue("""
                        {"conversationId": "c", "userId": "u", "windows": [{"fromSeq": 1}], "active": true, "maySend": true,
                         "admin": false, %s "editWindowSeconds": 900, "deleteWindowSeconds": 1800}
                        """.formatted(actions), MemberAccess.class);
    }

    @Test
    void aMembershipThatPermitsOnlyReadingPermitsNoSend() {
        assertThatThrownBy(() -> answer("\"actions\": [\"READ\"],").requireMaySend())
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo(PlatformError.FORBIDDEN));
    }

    @Test
    void anAnswerWithoutActionsMeansWhatItMeantBefore() {
        assertThatCode(() -> answer("").requireMaySend()).doesNotThrowAnyException();
        assertThatCode(() ->
                        answer("\"actions\": [\"READ\", \"CHANGE_MESSAGES\"],").requireMaySend())
                .doesNotThrowAnyException();
    }
}
