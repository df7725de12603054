package dev.parley.message.receipt;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How receipts are asked for, and how fetches are reported.
 *
 * @param receiptMaxAge how long an answer about the pointers of a conversation is used, if no event says that one moved
 * @param receiptTimeout how long a page of messages waits for its receipts; then it is shown without
 * @param maxCachedReceipts conversations whose pointers are kept in memory
 * @param fetchReportInterval how long fetches of members are gathered before they are reported as deliveries
 * @param fetchReportRetry how long after a failure reports are tried again
 * @param maxUnreportedFetches members whose fetches may wait to be reported; those of more are dropped
 */
@ConfigurationProperties("parley.message")
record ReceiptSettings(
        @DefaultValue("1s") Duration receiptMaxAge,
        @DefaultValue("1s") Duration receiptTimeout,
        @DefaultValue("10000") int maxCachedReceipts,
        @DefaultValue("250ms") Duration fetchReportInterval,
        @DefaultValue("2s") Duration fetchReportRetry,
        @DefaultValue("20000") int maxUnreportedFetches) {

    ReceiptSettings {
        SettingsCheck.of("parley.message")
                .atLeastAMillisecond("receipt-max-age", receiptMaxAge)
                .atLeastAMillisecond("receipt-timeout", receiptTimeout)
                .positive("max-cached-receipts", maxCachedReceipts)
                .atLeastAMillisecond("fetch-report-interval", fetchReportInterval)
                .atLeastAMillisecond("fetch-report-retry", fetchReportRetry)
                .positive("max-unreported-fetches", maxUnreportedFetches);
    }
}
