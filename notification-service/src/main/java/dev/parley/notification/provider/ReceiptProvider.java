package dev.parley.notification.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A provider that says only later, when it is asked, what became of the pushes that it accepted. */
public interface ReceiptProvider extends PushProvider {

    /** How long after a push was accepted to ask. */
    Duration receiptsAfter();

    /** How long after a push was accepted it still knows. */
    Duration receiptsUntil();

    /** How many pushes it can be asked for at once. */
    int maxReceipts();

    /**
     * @param providerIds what it calls the pushes
     * @return by those ids what became of them: {@link PushOutcome.Accepted} if the device's own provider has it. Those are missing of which it does not know yet
     */
    Mono<Map<String, PushOutcome>> receipts(List<String> providerIds);
}
