package dev.parley.conversation.receipt;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Receipts.
 *
 * @param maxNamedReceipts the most members of a conversation in which receipts say who has read a message
 */
@ConfigurationProperties("parley.conversation")
public record ReceiptSettings(@DefaultValue("256") int maxNamedReceipts) {

    public ReceiptSettings {
        if (maxNamedReceipts < 2) {
            throw new IllegalArgumentException("parley.conversation.max-named-receipts is less than two");
        }
    }
}
