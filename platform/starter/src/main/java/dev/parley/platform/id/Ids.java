package dev.parley.platform.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/** Makes identifiers. */
public final class Ids {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /** A new UUIDv7 (RFC 9562, section 5.7): ascending within this process, roughly ascending between processes. */
    public static String next() {
        return GENERATOR.generate().toString();
    }
}
