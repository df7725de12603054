package dev.parley.platform.text;

/** The tables of Unicode behind the rules on text. ICU reads them from its jar when they are first used. */
public final class TextTables {

    private static final String WITH_EVERY_KIND =
            "\u202E Stra\u00DFe \u0645\u06CC\u200C\u062E 1\uFE0F\u20E3 \u1100\u1161";

    private TextTables() {}

    /** Has the tables read now, so that no event loop waits for a file later. Takes some tenths of a second the first time. */
    public static void load() {
        VisibleText.isBlank(WITH_EVERY_KIND);
        Names.clean(WITH_EVERY_KIND);
        TextFolding.fold(WITH_EVERY_KIND);
        TextLength.cut(WITH_EVERY_KIND, 1);
        Usernames.isOfOneScript(WITH_EVERY_KIND);
        Usernames.looks(WITH_EVERY_KIND);
        Emoji.isOne(WITH_EVERY_KIND);
    }
}
