package dev.parley.notification.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A push that could not be sent. Neither what it says nor the device's address is in it. */
public record DeadPush(
        String pushId,
        String type,
        @Nullable String noticeId,
        String tenantId,
        String userId,
        String deviceId,
        String provider,
        String conversationId,
        @Nullable String messageId,
        long seq,
        int tries,
        String reason,
        Instant createdAt,
        Instant failedAt) {}
