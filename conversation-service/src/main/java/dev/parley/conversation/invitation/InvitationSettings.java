package dev.parley.conversation.invitation;

import dev.parley.platform.settings.SettingsCheck;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may be added to groups, and how people are asked first.
 *
 * @param mayAdd who may be added by whom: {@code everyone}, {@code contacts} or {@code ask}
 * @param mayAddByTenant the same for single tenants, by tenant id
 * @param maxOpen invitations of one person that wait for an answer
 * @param maxOpenFromOne those of them that come from the same person
 */
@ConfigurationProperties("parley.conversation.invitation")
public record InvitationSettings(
        @DefaultValue("everyone") String mayAdd,
        @DefaultValue Map<String, String> mayAddByTenant,
        @DefaultValue("100") int maxOpen,
        @DefaultValue("10") int maxOpenFromOne) {

    private static final String POLICIES = "must be everyone, contacts or ask";

    public InvitationSettings {
        mayAddByTenant = Map.copyOf(mayAddByTenant);
        SettingsCheck check = SettingsCheck.of("parley.conversation.invitation")
                .require(AddPolicy.named(mayAdd).isPresent(), "may-add", POLICIES)
                .positive("max-open", maxOpen)
                .positive("max-open-from-one", maxOpenFromOne);
        mayAddByTenant.forEach((tenantId, policy) ->
                check.require(AddPolicy.named(policy).isPresent(), "may-add-by-tenant." + tenantId, POLICIES));
    }
}
