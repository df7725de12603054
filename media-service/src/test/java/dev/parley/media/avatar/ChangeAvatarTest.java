package dev.parley.media.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ChangeAvatarTest {

    @ParameterizedTest
    @ValueSource(strings = {"external", "wso2", "antz"})
    void takesNoUploadsWhereUsersComeFromAnotherSystem(String authMode) {
        assertThatThrownBy(() -> with(authMode).requireUploads())
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo(PlatformError.FORBIDDEN));
    }

    @Test
    void takesUploadsWhereAuthServiceKeepsTheUsers() {
        assertThatCode(() -> with("builtin").requireUploads()).doesNotThrowAnyException();
    }

    private static ChangeAvatar with(String authMode) {
        return new ChangeAvatar(new AvatarSettings(DataSize.ofMegabytes(5), 512, 2, 32, authMode), null, null, null);
    }
}
