package dev.parley.notification.expo;

import dev.parley.notification.provider.PushOutcome;
import tools.jackson.databind.JsonNode;

/** What tickets and receipts mean (https://docs.expo.dev/push-notifications/sending-notifications/#push-ticket-errors). */
final class ExpoAnswer {

    private ExpoAnswer() {}

    /** @param answer a ticket, or a receipt, which has no id */
    static PushOutcome of(JsonNode answer) {
        if (answer.path("status").asString("").equals("ok")) {
            String id = answer.path("id").asString("");
            return new PushOutcome.Accepted(id.isEmpty() ? null : id);
        }
        String error = answer.path("details").path("error").asString("unknown");
        return switch (error) {
            case "DeviceNotRegistered" -> new PushOutcome.TokenGone(error);
            case "MessageRateExceeded", "ExpoError", "ProviderError" -> new PushOutcome.Retry(error, null);
            default -> new PushOutcome.Refused(error);
        };
    }
}
