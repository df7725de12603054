package dev.parley.message.edit;

import dev.parley.message.store.PastLimits;
import dev.parley.platform.settings.SettingsCheck;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of the texts that edits replace, and who may see it.
 *
 * @param maxKeptEdits earlier texts of a message, the newest
 * @param maxKeptEditLength characters (UTF-16 units) of the earlier texts of a message in all
 * @param editsShown whether members may see the earlier texts, in tenants for which {@code editsShownIn} does not say it
 * @param editsShownIn the same by tenant id
 */
@ConfigurationProperties("parley.message")
record EditSettings(
        @DefaultValue("50") int maxKeptEdits,
        @DefaultValue("65536") int maxKeptEditLength,
        @DefaultValue("true") boolean editsShown,
        @DefaultValue Map<String, Boolean> editsShownIn) {

    EditSettings {
        SettingsCheck.of("parley.message")
                .positive("max-kept-edits", maxKeptEdits)
                .positive("max-kept-edit-length", maxKeptEditLength);
        editsShownIn = Map.copyOf(editsShownIn);
    }

    PastLimits kept() {
        return new PastLimits(maxKeptEdits, maxKeptEditLength);
    }

    boolean areShownIn(String tenantId) {
        return editsShownIn.getOrDefault(tenantId, editsShown);
    }
}
