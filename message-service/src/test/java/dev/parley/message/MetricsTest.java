package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.DocumentedMetrics;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the metrics say after real traffic. Other tests use the same service, so only differences count. */
class MetricsTest extends MessageApiTest {

    @Autowired
    private MeterRegistry meters;

    @Test
    void areNamedOnThePageOfAllMetrics() throws IOException {
        DocumentedMetrics.assertNamed(meters);
    }

    @Test
    void timesSendsUntilTheyAreStoredAndAnsweredAndCountsWhatIsAppended() {
        double appended = appended();
        long stored = sends("stored", "ok");
        long answered = sends("answered", "ok");

        send(alice, "one");
        send(bob, "two");
        notice(alice, "1", "MEMBERS_ADDED", carol);

        assertThat(appended() - appended).isEqualTo(3);
        Until.satisfied(() -> assertThat(sends("stored", "ok") - stored).isEqualTo(2));
        Until.satisfied(() -> assertThat(sends("answered", "ok") - answered).isEqualTo(2));
        assertThat(meters.get("parley.messages.send")
                        .tags("stage", "answered", "outcome", "ok")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    void countsRepeatedSendsApart() {
        send(alice, "once");
        double appended = appended();
        double repeated = meters.get("parley.messages.repeated").counter().count();

        send(alice, "once");

        assertThat(meters.get("parley.messages.repeated").counter().count() - repeated)
                .isEqualTo(1);
        assertThat(appended()).isEqualTo(appended);
    }

    @Test
    void countsRefusedSendsByReason() {
        StubConversations.admit(conversation, bob, StubConversations.Membership.FULL.readOnly());
        double notAllowed = refused("message.only-admins-may-write");
        double empty = refused("message.empty");
        long refusals = sends("answered", "refused");
        String path = "/api/v1/conversations/" + conversation + "/messages";

        assertThat(as(bob).post(path, Map.of("text", "may I?")).status()).isEqualTo(403);
        assertThat(as(alice).post(path, Map.of("text", " ")).status()).isEqualTo(400);

        Until.satisfied(() -> assertThat(refused("message.only-admins-may-write") - notAllowed)
                .isEqualTo(1));
        Until.satisfied(() -> assertThat(refused("message.empty") - empty).isEqualTo(1));
        Until.satisfied(
                () -> assertThat(sends("answered", "refused") - refusals).isEqualTo(2));
    }

    @Test
    void tellsHowManyConversationsWait() {
        send(alice, "stored");

        Until.satisfied(() -> {
            assertThat(meters.get("parley.messages.queues.waiting").gauge().value())
                    .isZero();
            assertThat(meters.get("parley.messages.queues.longest").gauge().value())
                    .isZero();
        });
    }

    @Test
    void timesSearchesByOutcome() {
        long words = searches("words", "ok");
        long refusals = searches("words", "refused");
        long files = searches("files", "ok");

        as(alice).get("/api/v1/messages/search?query=x&conversationId=" + conversation);
        as(stranger).get("/api/v1/messages/search?query=x&conversationId=" + conversation);
        as(alice).get("/api/v1/conversations/" + conversation + "/files");

        Until.satisfied(() -> assertThat(searches("words", "ok") - words).isEqualTo(1));
        Until.satisfied(
                () -> assertThat(searches("words", "refused") - refusals).isEqualTo(1));
        Until.satisfied(() -> assertThat(searches("files", "ok") - files).isEqualTo(1));
    }

    @Test
    void tellsHowOftenTheCachesHelp() {
        double misses = gets("access", "miss");
        double hits = gets("access", "hit");

        send(alice, Ids.next());
        send(alice, Ids.next());
        history(alice);
        history(alice);

        assertThat(gets("access", "miss") - misses).isEqualTo(1);
        assertThat(gets("access", "hit") - hits).isEqualTo(1);
        assertThat(gets("receipts", "hit")).isPositive();
        assertThat(meters.get("cache.size").tag("cache", "access").gauge().value())
                .isPositive();
    }

    private double appended() {
        return meters.get("parley.messages.appended").counter().count();
    }

    private long sends(String stage, String outcome) {
        return timers("parley.messages.send", "stage", stage, outcome);
    }

    private long searches(String what, String outcome) {
        return timers("parley.messages.search", "for", what, outcome);
    }

    private long timers(String name, String tag, String value, String outcome) {
        RequiredSearch search = meters.get(name).tag(tag, value).tag("outcome", outcome);
        return search.timer().count();
    }

    private double refused(String reason) {
        return meters.find("parley.messages.refused").tag("reason", reason).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double gets(String cache, String result) {
        return meters.get("cache.gets")
                .tag("cache", cache)
                .tag("result", result)
                .functionCounter()
                .count();
    }
}
