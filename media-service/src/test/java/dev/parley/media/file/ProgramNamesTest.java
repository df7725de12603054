package dev.parley.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup.exe",
                "a.pdf.EXE",
                "a.exe.",
                "a.exe ",
                "x.php.jpg",
                "x.php;.jpg",
                "x.pHtml.png",
                "a.jar",
                "a.html"
            })
    void knowsProgramsByTheirNames(String filename) {
        assertThat(ProgramNames.matches(filename)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.jpg", "www.example.com.png", "vue.js.png", "exe", "my.photo.2024.jpg", "v1.2.3.zip", ".jpg"})
    void takesNoOtherNameForAProgram(String filename) {
        assertThat(ProgramNames.matches(filename)).isFalse();
    }
}
