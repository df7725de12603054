package dev.parley.auth.credential;

import com.ibm.icu.text.Normalizer2;

/** A password as its owner typed it. Its length is in code points. */
public record Password(String typed) {

    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 128;

    /** The same characters in the same form on every keyboard: NFC, as RFC 8265 (section 4.2) prepares passwords. */
    String normalized() {
        return Normalizer2.getNFCInstance().normalize(typed);
    }

    @Override
    public String toString() {
        return "***";
    }
}
