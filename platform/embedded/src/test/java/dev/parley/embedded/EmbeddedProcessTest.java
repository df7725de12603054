package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program that runs in containers makes of its arguments and its environment. */
class EmbeddedProcessTest {

    @TempDir
    Path data;

    @Test
    void servesOtherMachinesThanItsOwn() throws Exception {
        String port = Integer.toString(FreePort.find());
        Map<String, String> environment =
                Map.of("PARLEY_EMBEDDED_DATA", data.toString(), "PORT", port, "PARLEY_EMBEDDED_PASSWORD", "secret-1");
        String here = InetAddress.getLocalHost().getHostAddress();

        try (AutoCloseable store = EmbeddedProcess.start(new String[] {"store"}, environment);
                MongoClient client = MongoClients.create("mongodb://parley:secret-1@" + here + ":" + port + "/")) {
            assertThat(client.getDatabase("parley").runCommand(new Document("dbStats", 1)))
                    .containsEntry("ok", 1.0);
        }
    }

    @Test
    void servesNobodyWithoutAPassword() {
        Map<String, String> environment = Map.of("PARLEY_EMBEDDED_DATA", data.toString(), "PORT", "0");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedProcess.start(new String[] {"store"}, environment))
                .withMessageContaining("PARLEY_EMBEDDED_PASSWORD");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void saysWhatItWantsToKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedProcess.start(new String[] {}, Map.of()))
                .withMessage("Say what to run: store or broker");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedProcess.start(new String[] {"broker"}, Map.of()))
                .withMessageContaining("PARLEY_EMBEDDED_HOST");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedProcess.start(
                        new String[] {"store"}, Map.of("PORT", "http", "PARLEY_EMBEDDED_PASSWORD", "secret-1")))
                .withMessageContaining("PORT must be a number");
    }
}
