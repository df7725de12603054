package dev.parley.conversation.receipt;

import dev.parley.platform.settings.SettingsCheck;
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
        SettingsCheck.of("parley.conversation")
                .require(maxNamedReceipts >= 2, "max-named-receipts", "must be at least 2");
    }
}
