package dev.parley.media.content;

import static dev.parley.media.TestFiles.ascii;
import static dev.parley.media.TestFiles.concat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.media.TestFiles;
import dev.parley.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContentRulesTest {

    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private final ContentRules rules = new ContentRules(new ContentSettings(10_000_000));

    static Stream<Arguments> takenFiles() {
        return Stream.of(
                arguments("image/jpeg", TestFiles.jpeg(30, 20)),
                arguments("image/jpeg", TestFiles.jpegWithMetadata(30, 20, 6)),
                arguments("image/png", TestFiles.image("png", 30, 20)),
                arguments("image/gif", TestFiles.image("gif", 30, 20)),
                arguments("image/gif", TestFiles.image("gif", 61, 20)),
                arguments("image/webp", TestFiles.webp()),
                arguments("image/heic", TestFiles.heif("heic", 30, 20)),
                arguments("image/avif", TestFiles.heif("avif", 30, 20)),
                arguments("video/mp4", TestFiles.isoMedia("isom")),
                arguments("video/quicktime", TestFiles.isoMedia("qt  ")),
                arguments("audio/mp4", TestFiles.isoMedia("M4A ")),
                arguments("audio/mp4", TestFiles.isoMedia("iso5")),
                arguments("video/webm", webm()),
                arguments("audio/webm", webm()),
                arguments("audio/ogg", opus()),
                arguments("audio/wav", TestFiles.wav()),
                arguments("audio/mpeg", concat(ascii("ID3\3\0\0\0\0\0\0"), new byte[400])),
                arguments("application/pdf", TestFiles.pdf()),
                arguments("application/zip", TestFiles.zip("notes.txt")),
                arguments(WORD, TestFiles.zip("[Content_Types].xml", "word/document.xml")),
                arguments("text/plain", ascii("Tags such as <script> are only told of here.")),
                arguments("text/plain", "Grüße, мир, 世界".getBytes(StandardCharsets.UTF_8)),
                arguments("text/csv", ascii("name,place\nann,Rome\n")),
                arguments("application/json", ascii("{\"a\": 1}")),
                arguments("text/markdown", ascii("<p align=\"center\">Hello</p>\n\n# Title\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("takenFiles")
    void takesWhatIsWhatItWasDeclared(String declared, byte[] content) {
        rules.check(declared, ContentSample.of(content));
    }

    static Stream<Arguments> refusedFiles() {
        byte[] gif = TestFiles.image("gif", 30, 20);
        byte[] jpeg = TestFiles.jpeg(30, 20);
        byte[] png = TestFiles.image("png", 30, 20);
        byte[] jar = TestFiles.zip("META-INF/MANIFEST.MF", "Evil.class");
        return Stream.of(
                // Another type.
                arguments("image/jpeg", png, "file.type-mismatch"),
                arguments("image/png", ascii("<html><body>Hello</body></html>"), "file.type-mismatch"),
                arguments("image/png", ascii("<svg xmlns='http://www.w3.org/2000/svg'/>"), "file.type-mismatch"),
                arguments("image/png", ascii("MZ\u0090\0\3\0\0\0\4\0\0\0\u00ff\u00ff"), "file.type-mismatch"),
                arguments("video/mp4", ascii("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n"), "file.type-mismatch"),
                arguments("text/plain", ascii("<!DOCTYPE html><html></html>"), "file.type-mismatch"),
                arguments("text/plain", ascii("#!/bin/sh\nrm -rf /\n"), "file.type-mismatch"),
                arguments("application/pdf", ascii("only text"), "file.type-mismatch"),
                arguments("application/zip", jar, "file.type-mismatch"),
                arguments(WORD, TestFiles.zip("a.exe"), "file.type-mismatch"),
                arguments(WORD, TestFiles.zip("word/vbaProject.bin", "word/document.xml"), "file.type-mismatch"),
                arguments("image/jpeg", ascii("\u00ff\u00d8\u00ff\u00e0 and no image"), "file.type-mismatch"),
                // Two types at once.
                arguments("image/gif", concat(gif, jar), "file.polyglot"),
                arguments("image/jpeg", concat(jpeg, jar), "file.polyglot"),
                arguments("image/jpeg", concat(jpeg, jar, new byte[500]), "file.polyglot"),
                arguments("application/pdf", concat(TestFiles.pdf(), jar), "file.polyglot"),
                arguments("image/png", concat(png, ascii("\n%PDF-1.4")), "file.polyglot"),
                arguments("image/gif", concat(gif, ascii("<?php system($_GET[0]); ?>")), "file.polyglot"),
                arguments("image/jpeg", commented(jpeg, "<script>alert(1)</script>"), "file.polyglot"),
                arguments("image/jpeg", commented(jpeg, "<HTML ><body onload=x()>"), "file.polyglot"),
                arguments("image/jpeg", concat(jpeg, ascii("Rar!\u001a\u0007\0")), "file.polyglot"),
                arguments("image/gif", ascii("GIF89a/*\u0001\0\u0080\0\0*/=1;alert(1)"), "file.polyglot"),
                arguments("text/plain", concat(ascii("hello\n".repeat(200)), jar), "file.polyglot"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refusedFiles")
    void refusesWhatIsSomethingElse(String declared, byte[] content, String code) {
        assertThat(refusal(declared, content)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"5000, 2001", "60000, 60000", "2147483647, 2147483647"})
    void refusesAnImageByTheSizeInItsHeader(int width, int height) {
        assertThat(refusal("image/png", TestFiles.pngThatSays(width, height))).isEqualTo("file.image-too-large");
        assertThat(refusal("image/avif", TestFiles.heif("avif", width, height))).isEqualTo("file.image-too-large");
    }

    @Test
    void takesAnImageOfTheLargestSize() {
        assertThat(size("image/png", TestFiles.pngThatSays(5000, 2000))).isEqualTo(new ImageSize(5000, 2000));
    }

    @ParameterizedTest
    @CsvSource({"1, 30, 20", "3, 30, 20", "5, 20, 30", "6, 20, 30", "8, 20, 30"})
    void tellsTheSizeAsPeopleSeeIt(int orientation, int width, int height) {
        assertThat(size("image/jpeg", TestFiles.jpegWithMetadata(30, 20, orientation)))
                .isEqualTo(new ImageSize(width, height));
    }

    @Test
    void readsTheSizeOfAWebp() {
        assertThat(size("image/webp", TestFiles.webp())).isEqualTo(new ImageSize(20, 10));
    }

    @Test
    void leavesTheSizeForLaterIfMetadataStandsBeforeIt() {
        byte[] jpeg = TestFiles.jpeg(30, 20);
        for (int i = 0; i < 2; i++) {
            jpeg = TestFiles.withSegment(jpeg, 0xe1, new byte[60_000]);
        }
        assertThat(rules.check("image/jpeg", ContentSample.of(jpeg))).isEmpty();
    }

    private ImageSize size(String declared, byte[] content) {
        return rules.check(declared, ContentSample.of(content)).orElseThrow();
    }

    private String refusal(String declared, byte[] content) {
        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> rules.check(declared, ContentSample.of(content)));
        return refused == null ? "taken" : refused.code().code();
    }

    private static byte[] commented(byte[] jpeg, String comment) {
        return TestFiles.withSegment(jpeg, 0xfe, ascii(comment));
    }

    private static byte[] webm() {
        return concat(
                ascii(
                        "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u00f7\u0081\1B\u00f2\u0081\4B\u00f3\u0081\u0008B\u0082\u0084webm"),
                new byte[99]);
    }

    private static byte[] opus() {
        return concat(ascii("OggS\0\2"), new byte[22], ascii("OpusHead"), new byte[99]);
    }
}
