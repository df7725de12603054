package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services of an earlier version are replaced by those of this one while people chat, instance by instance, and one of each is put back
 * again. Nothing is lost, doubled or out of order, and nobody notices.
 *
 * <p>{@code -Dparley.earlier=<folder>} says where a checkout of the earlier version is, which must be built; docs/upgrade.md says how.
 */
class UpgradeTest {

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void nothingIsLostWhileEachServiceIsUpgradedAndPutBack(@TempDir Path data) throws Exception {
        String earlier = earlier();
        try (SeparatePlatform platform = SeparatePlatform.start(data, earlier);
                GroupChat chat = new GroupChat(platform.baseUrl())) {
            for (String service : platform.services()) {
                chat.patience().away(service);
                platform.replace(service, platform.part(service), SeparatePlatform.CLASS_PATH);
                chat.awaitCalm("one " + service + " of two is of this version");
                platform.replace(service, platform.other(service), SeparatePlatform.CLASS_PATH);
                chat.awaitCalm("both " + service + " are of this version");
                chat.patience().back();
            }
            for (String service : platform.services()) {
                chat.patience().away(service);
                platform.replace(service, platform.part(service), earlier);
                chat.awaitCalm("one " + service + " was put back");
                chat.patience().back();
            }
            chat.end();
            platform.assertAllRun();
            chat.assertNothingIsLostDoubledOrOutOfOrder();
        }
    }

    /** The class path of the earlier version; skips the test without one. */
    private static String earlier() {
        String checkout = System.getProperty("parley.earlier", "");
        assumeTrue(
                !checkout.isEmpty(),
                "-Dparley.earlier=<a built checkout of the version before>, as docs/upgrade.md says");
        Path jar = Path.of(checkout).resolve("standalone/target/parley.jar");
        assertThat(Files.exists(jar)).as("%s is built", jar).isTrue();
        return jar.toAbsolutePath().toString();
    }
}
