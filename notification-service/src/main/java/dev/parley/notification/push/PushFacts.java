package dev.parley.notification.push;

import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.device.Device;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of those whom pushes are for, as it is now. */
record PushFacts(
        Map<String, Map<String, AudienceMember>> membersByConversation,
        Map<String, List<Device>> devicesByUser,
        Map<String, Long> badges) {

    @Nullable Device device(StoredPush push) {
        return devicesByUser.getOrDefault(push.userId(), List.of()).stream()
                .filter(device -> device.deviceId().equals(push.deviceId())
                        && device.tenantId().equals(push.tenantId()))
                .findFirst()
                .orElse(null);
    }

    @Nullable AudienceMember member(StoredPush push) {
        return membersByConversation
                .getOrDefault(push.conversationId(), Map.of())
                .get(push.userId());
    }

    long badge(StoredPush push) {
        return badges.getOrDefault(push.userId(), 0L);
    }
}
