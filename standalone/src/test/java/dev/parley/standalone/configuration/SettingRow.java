package dev.parley.standalone.configuration;

import java.util.Locale;

/** One line of the page. */
record SettingRow(String name, String type, String defaultValue, String text) {

    String line() {
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(
                        name,
                        variable(),
                        type,
                        defaultValue.isBlank() ? "–" : "`" + defaultValue + "`",
                        text.replace("|", "\\|"));
    }

    SettingRow with(String otherName, String otherDefault) {
        return new SettingRow(otherName, type, otherDefault, text);
    }

    /** Whether a name is one of those that this name stands for. */
    boolean isPatternOf(String other) {
        return name.contains("<") && other.matches(name.replace(".", "\\.").replaceAll("<\\w+>", "[\\\\w-]+"));
    }

    /** The variable of the environment that sets it. */
    private String variable() {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
