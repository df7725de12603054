package dev.parley.media.tus;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the file: pairs of a name and a value in Base64, with commas between them (tus 1.0, "Creation"). Names
 * that mean nothing here are ignored.
 */
final class UploadMetadata {

    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");

    private final Map<String, String> values;

    private UploadMetadata(Map<String, String> values) {
        this.values = values;
    }

    /** @throws ApiException if it is not in the form of the protocol */
    static UploadMetadata parse(@Nullable String header) {
        Map<String, String> values = new HashMap<>();
        if (header == null || header.isBlank()) {
            return new UploadMetadata(values);
        }
        for (String pair : header.split(",", -1)) {
            String[] words = pair.strip().split(" +", -1);
            if (words.length > 2 || words[0].isEmpty()) {
                throw invalid("Each entry must be a name, a space and a value in Base64");
            }
            if (values.put(words[0], words.length == 1 ? "" : words[1]) != null) {
                throw invalid("Each name may be there once");
            }
        }
        return new UploadMetadata(values);
    }

    /**
     * The decoded value of this name; null if it is not there.
     *
     * @throws ApiException if it is not text in Base64
     */
    @Nullable String text(String name) {
        String encoded = values.get(name);
        if (encoded == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            throw invalid("The value of " + name + " must be UTF-8 in Base64");
        }
    }

    /** The same for an id, which is none unless it has 1 to 128 characters that can be seen in ASCII. */
    @Nullable String id(String name) {
        String value = text(name);
        if (value != null && !ID.matcher(value).matches()) {
            throw invalid("The value of " + name + " must be an id");
        }
        return value;
    }

    private static ApiException invalid(String rule) {
        return ApiException.invalid(List.of(new FieldError(Tus.UPLOAD_METADATA, "format", rule)));
    }
}
