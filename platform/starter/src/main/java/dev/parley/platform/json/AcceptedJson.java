package dev.parley.platform.json;

import dev.parley.platform.error.FieldError;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which JSON a request may hold: only what every reader of an answer or an event can hold too, whatever it is written in.
 * That is I-JSON without its wish for small numbers, and with a bound on depth. A single value that cannot be shown again
 * would hide all that is shown together with it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2">RFC 7493, section 2</a>
 */
final class AcceptedJson {

    /**
     * Lists and objects in each other, the outermost included. Common readers stop at 64, and answers and events put some
     * more around it.
     */
    static final int MAX_DEPTH = 48;

    /** More are not told: one request could name thousands. */
    private static final int MAX_ERRORS = 100;

    private static final int MAX_PATH = 200;

    private final List<FieldError> errors;
    private final StringBuilder path = new StringBuilder();

    private AcceptedJson(List<FieldError> errors) {
        this.errors = errors;
    }

    /** Adds an error for each value of an object that breaks a rule, and for each name. */
    static void check(JsonNode object, List<FieldError> errors) {
        new AcceptedJson(errors).members(object, 1);
    }

    private void members(JsonNode object, int depth) {
        int end = path.length();
        object.properties().forEach(member -> {
            path.append(end == 0 ? "" : ".").append(member.getKey());
            requireText(member.getKey());
            value(member.getValue(), depth);
            path.setLength(end);
        });
    }

    private void elements(JsonNode array, int depth) {
        int end = path.length();
        for (int i = 0; i < array.size(); i++) {
            path.append('[').append(i).append(']');
            value(array.get(i), depth);
            path.setLength(end);
        }
    }

    private void value(JsonNode value, int depth) {
        if (value.isContainer()) {
            if (depth == MAX_DEPTH) {
                reject("depth", "is too deep: at most " + MAX_DEPTH + " lists and objects may be in each other");
            } else if (value.isObject()) {
                members(value, depth + 1);
            } else {
                elements(value, depth + 1);
            }
        } else if (value.isString()) {
            requireText(value.asString());
        } else if (value.isNumber() && !isHeldByADouble(value)) {
            reject("range", "is a number that is too large or too small for readers of JSON");
        }
    }

    private static boolean isHeldByADouble(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.canConvertToLong()
                    || Double.isFinite(number.bigIntegerValue().doubleValue());
        }
        if (!number.isBigDecimal()) {
            return Double.isFinite(number.doubleValue());
        }
        double held = number.decimalValue().doubleValue();
        return Double.isFinite(held) && (held != 0 || number.decimalValue().signum() == 0);
    }

    /** Half of a pair that stands alone has no form in UTF-8: on its way it would become another character. Unicode, section 3.9. */
    private void requireText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0) {
                reject("format", "must not have the character NUL");
                return;
            }
            if (Character.isSurrogate(character)) {
                if (!startsPair(text, i)) {
                    reject("format", "must be well-formed Unicode: there is half of a surrogate pair");
                    return;
                }
                i++;
            }
        }
    }

    private static boolean startsPair(String text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    private void reject(String code, String rule) {
        if (errors.size() < MAX_ERRORS) {
            String field = shown();
            errors.add(new FieldError(field, code, field + " " + rule));
        }
    }

    /** The path with a sign in place of what has no form. */
    private String shown() {
        StringBuilder shown = new StringBuilder();
        path.codePoints()
                .limit(MAX_PATH)
                .map(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? '\uFFFD'
                        : point)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
