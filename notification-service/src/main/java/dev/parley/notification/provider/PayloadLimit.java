package dev.parley.notification.provider;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes pushes as small as a provider wants them: first the text is cut, and then the title. */
public final class PayloadLimit {

    private static final String ELLIPSIS = "…";

    private PayloadLimit() {}

    /**
     * @param render writes a push with the given content
     * @return at most {@code maxBytes}, unless it is more without any text
     */
    public static byte[] fit(PushContent content, int maxBytes, Function<PushContent, byte[]> render) {
        byte[] whole = render.apply(content);
        if (whole.length <= maxBytes) {
            return whole;
        }
        byte[] cut = longest(content.body(), maxBytes, body -> render.apply(content.with(content.title(), body)));
        return cut.length <= maxBytes
                ? cut
                : longest(content.title(), maxBytes, title -> render.apply(content.with(title, null)));
    }

    /** With as much of the text as fits, or with none of it. */
    private static byte[] longest(@Nullable String text, int maxBytes, Function<@Nullable String, byte[]> render) {
        byte[] best = render.apply(null);
        if (text == null || best.length > maxBytes) {
            return best;
        }
        int fits = 0;
        int tooMany = text.codePointCount(0, text.length());
        while (fits + 1 < tooMany) {
            int middle = (fits + tooMany) >>> 1;
            byte[] rendered = render.apply(text.substring(0, text.offsetByCodePoints(0, middle)) + ELLIPSIS);
            if (rendered.length <= maxBytes) {
                fits = middle;
                best = rendered;
            } else {
                tooMany = middle;
            }
        }
        return best;
    }
}
