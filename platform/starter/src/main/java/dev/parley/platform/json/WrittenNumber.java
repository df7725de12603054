package dev.parley.platform.json;

import java.math.BigDecimal;

/** A number that is written again as it was read, character by character: {@code -0}, {@code 1.50} and {@code 1e5} too. */
final class WrittenNumber extends BigDecimal {

    private static final long serialVersionUID = 1;

    private final String text;

    /** @throws NumberFormatException if it is no number, or if its exponent is too large for any */
    WrittenNumber(String text) {
        super(text);
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
