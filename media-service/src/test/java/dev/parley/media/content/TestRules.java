package dev.parley.media.content;

/** Rules for tests of other packages. */
public final class TestRules {

    private TestRules() {}

    public static ContentRules withPixels(long maxImagePixels) {
        return new ContentRules(new ContentSettings(maxImagePixels));
    }
}
