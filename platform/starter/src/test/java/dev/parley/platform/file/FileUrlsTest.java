package dev.parley.platform.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.file.FileUrls.Check;
import dev.parley.platform.file.FileUrls.SignedUrl;
import dev.parley.platform.file.FileUrls.Variant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileUrlsTest {

    private static final String KEY = key('a');
    private static final String OTHER_KEY = key('b');
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = NOON.plusSeconds(60);
    private final FileUrls urls = urls(KEY);

    @Test
    void anAddressNamesTheFileTheVariantAndWhenItExpires() {
        SignedUrl signed = urls.of("f-1", Variant.THUMBNAIL, DAY);

        assertThat(signed.url())
                .startsWith("https://chat.example.org/api/v1/storage/content/f-1?variant=thumbnail&expires="
                        + signed.expiresAt().getEpochSecond() + "&signature=");
        assertThat(check(signed)).isEqualTo(Check.VALID);
    }

    @Test
    void anAddressOfAFileElsewhereIsNotItsOwn() {
        assertThat(urls.isOwn(urls.ofAttachment("f-1", Variant.ORIGINAL))).isTrue();
        assertThat(urls.isOwn("https://chat.example.org/about")).isFalse();
        assertThat(urls.isOwn("https://files.example.org/api/v1/storage/content/f-1"))
                .isFalse();
    }

    @Test
    void theSameAddressIsMadeUntilTheWindowEnds() {
        SignedUrl first = urls.of("f-1", Variant.ORIGINAL, DAY);
        assertThat(first.expiresAt()).isEqualTo(NOON.plus(DAY).plus(Duration.ofHours(1)));

        now = NOON.plus(Duration.ofHours(1));
        assertThat(urls.of("f-1", Variant.ORIGINAL, DAY)).isEqualTo(first);

        now = now.plusNanos(1);
        assertThat(urls.of("f-1", Variant.ORIGINAL, DAY).expiresAt())
                .isEqualTo(first.expiresAt().plus(Duration.ofHours(1)));
    }

    @Test
    void anAddressOfAShortLifetimeExpiresSoon() {
        Duration quarter = Duration.ofMinutes(15);

        assertThat(urls.of("f-1", Variant.ORIGINAL, quarter).expiresAt()).isEqualTo(NOON.plus(quarter.multipliedBy(2)));
        assertThat(urls.ofPicture("f-1"))
                .isEqualTo(urls.of("f-1", Variant.ORIGINAL, quarter).url());
        assertThat(urls.ofAttachment("f-1", Variant.ORIGINAL))
                .isEqualTo(urls.of("f-1", Variant.ORIGINAL, DAY).url());
    }

    @Test
    void anAddressIsGoodUntilItsLastMoment() {
        SignedUrl signed =
                urls.until("f-1", Variant.ORIGINAL, NOON.plusSeconds(90).plusNanos(1));
        assertThat(signed.expiresAt()).isEqualTo(NOON.plusSeconds(91));

        now = signed.expiresAt().minusNanos(1);
        assertThat(check(signed)).isEqualTo(Check.VALID);

        now = signed.expiresAt();
        assertThat(check(signed)).isEqualTo(Check.EXPIRED);
    }

    @Test
    void anAddressThatWasChangedIsInvalidAlsoAfterItExpired() {
        SignedUrl signed = urls.of("f-1", Variant.THUMBNAIL, DAY);
        Map<String, String> right = query(signed);

        for (Instant time : List.of(now, signed.expiresAt().plusSeconds(1))) {
            now = time;
            assertThat(check("f-2", right)).isEqualTo(Check.INVALID);
            assertThat(check("f-1", with(right, "variant", "original"))).isEqualTo(Check.INVALID);
            assertThat(check("f-1", with(right, "variant", "THUMBNAIL"))).isEqualTo(Check.INVALID);
            assertThat(check("f-1", with(right, "expires", "99999999999"))).isEqualTo(Check.INVALID);
            assertThat(check("f-1", with(right, "expires", "0" + right.get("expires"))))
                    .isEqualTo(Check.INVALID);
            assertThat(check("f-1", with(right, "expires", "soon"))).isEqualTo(Check.INVALID);
            for (String part : List.of("variant", "expires", "signature")) {
                assertThat(check("f-1", with(right, part, null))).as(part).isEqualTo(Check.INVALID);
                assertThat(check("f-1", with(right, part, ""))).as(part).isEqualTo(Check.INVALID);
            }
        }
    }

    @Test
    void noOtherSignatureIsTaken() {
        SignedUrl signed = urls.of("f-1", Variant.THUMBNAIL, DAY);
        Map<String, String> right = query(signed);
        String signature = right.get("signature");

        for (int i = 0; i < signature.length(); i++) {
            char other = signature.charAt(i) == 'A' ? 'B' : 'A';
            String changed = signature.substring(0, i) + other + signature.substring(i + 1);
            assertThat(check("f-1", with(right, "signature", changed))).isEqualTo(Check.INVALID);
        }
        for (String changed : List.of(
                signature + "=",
                signature + "==",
                signature + "A",
                signature.substring(1),
                signature.toUpperCase(),
                "ä" + signature.substring(1))) {
            assertThat(check("f-1", with(right, "signature", changed)))
                    .as(changed)
                    .isEqualTo(Check.INVALID);
        }
        assertThat(Base64.getUrlDecoder().decode(signature)).hasSize(16);
    }

    @Test
    void partsCannotBeMovedIntoEachOther() {
        UrlSignatures signatures = signatures(KEY);

        String signature = signatures.of("upload", "ab", "c");

        assertThat(signatures.matches(signature, "upload", "ab", "c")).isTrue();
        assertThat(signatures.matches(signature, "upload", "a", "bc")).isFalse();
        assertThat(signatures.matches(signature, "upload", "abc")).isFalse();
        assertThat(signatures.matches(signature, "uploada", "b", "c")).isFalse();
        assertThat(signatures.matches(signature, "content", "ab", "c")).isFalse();
    }

    @Test
    void aNewKeySignsWhileTheOldOneStillVerifies() {
        SignedUrl old = urls.of("f-1", Variant.ORIGINAL, DAY);

        FileUrls rotated = urls(OTHER_KEY, KEY);
        assertThat(check(rotated, "f-1", query(old))).isEqualTo(Check.VALID);
        SignedUrl fresh = rotated.of("f-1", Variant.ORIGINAL, DAY);
        assertThat(fresh).isNotEqualTo(old);
        assertThat(check(fresh)).isEqualTo(Check.INVALID);
        assertThat(check(urls(OTHER_KEY), "f-1", query(fresh))).isEqualTo(Check.VALID);
        assertThat(check(urls(OTHER_KEY), "f-1", query(old))).isEqualTo(Check.INVALID);
    }

    @Test
    void thereIsNoKeyThatEverybodyKnows() {
        assertThatThrownBy(() -> signatures()).hasMessage("parley.files.url-keys is required");
        assertThatThrownBy(() -> signatures(KEY, "c2hvcnQ=")).hasMessage("parley.files.url-keys[1] has not 256 bits");
        assertThatThrownBy(() -> signatures("no base 64"))
                .hasMessage("parley.files.url-keys[0] is not Base64")
                .hasNoCause();
        assertThat(settings(KEY).toString()).contains("***").doesNotContain(KEY);
    }

    private Check check(SignedUrl signed) {
        return check("f-1", query(signed));
    }

    private Check check(String fileId, Map<String, String> query) {
        return check(urls, fileId, query);
    }

    private static Check check(FileUrls urls, String fileId, Map<String, String> query) {
        return urls.check(fileId, query.get("variant"), query.get("expires"), query.get("signature"));
    }

    private static Map<String, String> query(SignedUrl signed) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(URI.create(signed.url()).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.put(pair[0], pair[1]));
        return query;
    }

    private static Map<String, String> with(Map<String, String> query, String name, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(query);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        return changed;
    }

    private FileUrls urls(String... keys) {
        return new FileUrls(settings(keys), signatures(keys), () -> now);
    }

    private static UrlSignatures signatures(String... keys) {
        return new UrlSignatures(settings(keys));
    }

    private static FileUrlSettings settings(String... keys) {
        return new FileUrlSettings(
                URI.create("https://chat.example.org/"),
                List.of(keys),
                Duration.ofHours(1),
                DAY,
                Duration.ofMinutes(15));
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
    }
}
