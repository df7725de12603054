package dev.parley.conversation.pin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pinned conversations.
 *
 * @param maxPinned how many conversations a user may pin; clients are told the same number by the gateway
 */
@ConfigurationProperties("parley.conversation")
record PinSettings(@DefaultValue("5") int maxPinned) {

    PinSettings {
        if (maxPinned < 0) {
            throw new IllegalArgumentException("parley.conversation.max-pinned is negative");
        }
    }
}
