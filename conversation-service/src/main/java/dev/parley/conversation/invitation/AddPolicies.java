package dev.parley.conversation.invitation;

import org.springframework.stereotype.Component;

/** Knows the policy of each tenant. Only this class knows where the setting comes from. */
@Component
final class AddPolicies {

    private final InvitationSettings settings;

    AddPolicies(InvitationSettings settings) {
        this.settings = settings;
    }

    AddPolicy of(String tenantId) {
        String policy = settings.mayAddByTenant().getOrDefault(tenantId, settings.mayAdd());
        return AddPolicy.named(policy).orElseThrow();
    }
}
