package dev.parley.notification.provider;

import java.time.Duration;
import java.time.Instant;

/** Pushes to send in tests of providers. */
public final class TestPushes {

    public static final String CONVERSATION = "0190d3c6-7f3e-7c11-9d6b-2f6a1b7c8d9e";
    public static final String PUSH_ID = "m1/bob/phone";

    private TestPushes() {}

    public static PushRequest message(DeviceAddress address, String title, String body) {
        return message(address, title, body, true);
    }

    public static PushRequest message(DeviceAddress address, String title, String body, boolean loud) {
        PushContent content = new PushContent(
                "message",
                "acme",
                CONVERSATION,
                "m1",
                "alice",
                title,
                body,
                7,
                loud,
                CONVERSATION,
                "/#/c/" + CONVERSATION,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                false);
        return new PushRequest(PUSH_ID, address, content, Duration.ofHours(1));
    }

    /** The same for somebody of another tenant. */
    public static PushRequest of(String tenantId, PushRequest push) {
        PushContent content = push.content();
        PushContent other = new PushContent(
                content.type(),
                tenantId,
                content.conversationId(),
                content.messageId(),
                content.senderId(),
                content.title(),
                content.body(),
                content.badge(),
                content.sound(),
                content.tag(),
                content.url(),
                content.sentAt(),
                content.silent());
        return new PushRequest(push.pushId(), push.address(), other, push.timeToLive());
    }

    public static PushRequest withdrawal(DeviceAddress address) {
        PushContent read = new PushContent(
                "read",
                "acme",
                CONVERSATION,
                null,
                null,
                null,
                null,
                3,
                false,
                CONVERSATION,
                null,
                Instant.EPOCH,
                true);
        return new PushRequest(PUSH_ID, address, read, Duration.ofHours(1));
    }
}
