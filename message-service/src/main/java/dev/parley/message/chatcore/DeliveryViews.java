package dev.parley.message.chatcore;

import dev.parley.message.receipt.Receipts;
import dev.parley.surface.chatcore.DeliveryView;
import dev.parley.surface.chatcore.ReadByView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Renders the receipts of messages. */
final class DeliveryViews {

    private DeliveryViews() {}

    static DeliveryView of(@Nullable Receipts receipts) {
        if (receipts == null) {
            return DeliveryView.SENT;
        }
        List<ReadByView> readBy = new ArrayList<>();
        for (Receipts.Receipt receipt : receipts.readBy()) {
            Instant at = receipt.at();
            if (at != null) {
                readBy.add(new ReadByView(receipt.userId(), at));
            }
        }
        return new DeliveryView(receipts.status().name().toLowerCase(Locale.ROOT), readBy);
    }
}
