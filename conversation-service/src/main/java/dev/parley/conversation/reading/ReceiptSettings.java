package dev.parley.conversation.reading;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Receipts.
 *
 * @param maxNamedReceipts the most members of a conversation in which receipts say who has read a message
 */
@ConfigurationProperties("parley.conversation")
record ReceiptSettings(@DefaultValue("256") int maxNamedReceipts) {

    ReceiptSettings {
        if (maxNamedReceipts < 2) {
            throw new IllegalArgumentException("parley.conversation.max-named-receipts is less than two");
        }
    }
}
