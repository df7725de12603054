package dev.parley.media.tus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.error.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadMetadataTest {

    @Test
    void readsTheValuesOfItsNames() {
        UploadMetadata metadata =
                UploadMetadata.parse("filename Z3LDvMOfZS50eHQ=, is_confidential,filetype dGV4dC9wbGFpbg==");

        assertThat(metadata.text("filename")).isEqualTo("grüße.txt");
        assertThat(metadata.text("filetype")).isEqualTo("text/plain");
        assertThat(metadata.text("is_confidential")).isEmpty();
        assertThat(metadata.text("conversationId")).isNull();
    }

    @Test
    void hasNothingWhereNothingWasSent() {
        assertThat(UploadMetadata.parse(null).text("filename")).isNull();
        assertThat(UploadMetadata.parse(" ").text("filename")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename YQ== YQ==", ",", "filename YQ==,", "filename YQ==,filename YQ=="})
    void refusesWhatIsNotInTheFormOfTheProtocol(String header) {
        assertThatThrownBy(() -> UploadMetadata.parse(header)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename %", "filename Y", "filename /w=="})
    void refusesAValueThatIsNoTextInBase64(String header) {
        UploadMetadata metadata = UploadMetadata.parse(header);

        assertThatThrownBy(() -> metadata.text("filename")).isInstanceOf(ApiException.class);
    }

    @Test
    void refusesAnIdThatIsNone() {
        UploadMetadata metadata = UploadMetadata.parse("conversationId YSBi,b");

        assertThatThrownBy(() -> metadata.id("conversationId")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> metadata.id("b")).isInstanceOf(ApiException.class);
        assertThat(metadata.id("c")).isNull();
    }
}
