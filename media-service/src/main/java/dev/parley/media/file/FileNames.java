package dev.parley.media.file;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.text.Names;
import dev.parley.platform.text.TextLength;
import dev.parley.platform.text.VisibleText;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Says what a file can be called: what people see, and never a path. */
@Component
public final class FileNames {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]{1,100}/[a-z0-9.+-]{1,100}");

    private final int maxLength;

    FileNames(FileSettings settings) {
        this.maxLength = settings.maxNameLength();
    }

    /**
     * A name as it is kept.
     *
     * @throws ApiException with {@link MediaError#NAME_INVALID}, or with {@link MediaError#TYPE_NOT_ALLOWED} for the name of a program
     */
    public String clean(String given) {
        boolean isPath = given.indexOf('/') >= 0 || given.indexOf('\\') >= 0;
        if (isPath || given.chars().anyMatch(character -> Character.isISOControl(character))) {
            throw invalid("A file's name has no slashes, backslashes or control characters");
        }
        String name = Names.clean(given);
        if (VisibleText.isBlank(name) || name.chars().allMatch(character -> character == '.')) {
            throw invalid("A file needs a name that can be seen");
        }
        if (TextLength.of(name) > maxLength) {
            throw invalid("A file's name has at most " + maxLength + " characters");
        }
        if (ProgramNames.matches(name)) {
            throw ApiException.of(MediaError.TYPE_NOT_ALLOWED, "A file cannot have the name of a program");
        }
        return name;
    }

    private static ApiException invalid(String detail) {
        return ApiException.of(MediaError.NAME_INVALID, detail);
    }

    /**
     * A media type as it is kept: see {@link MimeTypes#canonical}.
     *
     * @throws ApiException with {@link MediaError#TYPE_NOT_ALLOWED} if it is none
     */
    public static String mimeType(String given) {
        String type = MimeTypes.canonical(given);
        if (!TYPE.matcher(type).matches()) {
            throw ApiException.of(MediaError.TYPE_NOT_ALLOWED, "The type must be a media type, such as image/png");
        }
        return type;
    }
}
