package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.parley.embedded.store.settings.Credentials;
import dev.parley.embedded.store.settings.StoreSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store with a password: the driver authenticates as with MongoDB, and nothing is told to anybody else. */
class EmbeddedStoreAuthenticationTest {

    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final Credentials CREDENTIALS = new Credentials("parley", "a-Password_1");

    @TempDir
    static Path directory;

    private static EmbeddedStore store;
    private static MongoClient stranger;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.start(StoreSettings.at(directory).withCredentials(CREDENTIALS));
        stranger = MongoClients.create(address(""));
        try (MongoClient client = MongoClients.create(store.uri() + "parley")) {
            client.getDatabase("parley").getCollection("keys").insertOne(new Document("_id", "secret"));
        }
    }

    @AfterAll
    static void stop() {
        stranger.close();
        store.close();
    }

    private static String address(String userAndPassword) {
        return store.uri().replace("parley:a-Password_1@", userAndPassword);
    }

    @Test
    void letsInWhoeverHasThePassword() {
        for (String database : List.of("", "parley", "other", "?authMechanism=SCRAM-SHA-256")) {
            try (MongoClient client = MongoClients.create(store.uri() + database)) {
                MongoCollection<Document> keys = client.getDatabase("parley").getCollection("keys");
                assertThat(keys.find().first()).containsEntry("_id", "secret");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parley:a-Password_2@", "root:a-Password_1@", "parley:@", "parley:A-PASSWORD_1@"})
    void refusesAnotherPasswordOrUser(String userAndPassword) {
        try (MongoClient client = MongoClients.create(address(userAndPassword))) {
            assertThatThrownBy(() -> client.getDatabase("parley").runCommand(new Document("ping", 1)))
                    .isInstanceOf(MongoSecurityException.class)
                    .hasCauseInstanceOf(MongoCommandException.class)
                    .extracting(refused -> ((MongoCommandException) refused.getCause()).getErrorCode())
                    .isEqualTo(AUTHENTICATION_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{find: 'keys'}",
                "{FIND: 'keys'}",
                "{aggregate: 'keys', pipeline: [], cursor: {}}",
                "{count: 'keys'}",
                "{distinct: 'keys', key: '_id'}",
                "{getMore: {$numberLong: '1'}, collection: 'keys'}",
                "{insert: 'keys', documents: [{_id: 'mine'}]}",
                "{update: 'keys', updates: [{q: {}, u: {$set: {a: 1}}}]}",
                "{delete: 'keys', deletes: [{q: {}, limit: 0}]}",
                "{findAndModify: 'keys', query: {}, remove: true}",
                "{drop: 'keys'}",
                "{dropDatabase: 1}",
                "{create: 'mine'}",
                "{createIndexes: 'keys', indexes: [{key: {a: 1}, name: 'a'}]}",
                "{listCollections: 1}",
                "{listDatabases: 1}",
                "{serverStatus: 1}",
                "{collStats: 'keys'}",
                "{getLog: 'global'}",
                "{endSessions: []}",
                "{nothingThatIsKnown: 1}"
            })
    void refusesEveryCommandOfAStranger(String command) {
        for (String database : List.of("parley", "admin")) {
            assertThatThrownBy(() -> stranger.getDatabase(database).runCommand(Document.parse(command)))
                    .isInstanceOfSatisfying(MongoCommandException.class, refused -> assertThat(refused.getErrorCode())
                            .isEqualTo(UNAUTHORIZED));
        }
        try (MongoClient client = MongoClients.create(store.uri())) {
            assertThat(client.getDatabase("parley").getCollection("keys").find())
                    .containsExactly(new Document("_id", "secret"));
        }
    }

    @Test
    void tellsAStrangerThatItIsThereAndWhatItAsksFor() {
        assertThat(stranger.getDatabase("admin").runCommand(new Document("ping", 1)))
                .containsEntry("ok", 1.0);
        for (String hello : List.of("hello", "isMaster")) {
            assertThat(stranger.getDatabase("admin")
                            .runCommand(new Document(hello, 1).append("saslSupportedMechs", "admin.parley"))
                            .getList("saslSupportedMechs", String.class))
                    .containsExactly("SCRAM-SHA-256");
        }
    }

    @Test
    void refusesOtherMechanismsAndProofsWithoutAnOpening() {
        assertThatThrownBy(() -> stranger.getDatabase("admin")
                        .runCommand(new Document("saslStart", 1)
                                .append("mechanism", "PLAIN")
                                .append("payload", "\0parley\0a-Password_1".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(MongoCommandException.class)
                .hasMessageContaining("not enabled");
        for (Object payload : List.of(new byte[0], "c=biws,r=x,p=x".getBytes(StandardCharsets.UTF_8), "text", 1)) {
            for (String command : List.of("saslStart", "saslContinue")) {
                assertThatThrownBy(() -> stranger.getDatabase("admin")
                                .runCommand(new Document(command, 1)
                                        .append("mechanism", "SCRAM-SHA-256")
                                        .append("conversationId", 1)
                                        .append("payload", payload)))
                        .isInstanceOfSatisfying(
                                MongoCommandException.class,
                                refused -> assertThat(refused.getErrorCode()).isEqualTo(AUTHENTICATION_FAILED));
            }
        }
    }

    /** Drivers greet in this form; a stranger must get no further with it than with the other. */
    @Test
    void refusesAStrangerWhoAsksInTheOldForm() throws IOException {
        assertThat(inTheOldForm("parley.$cmd", new Document("find", "keys"))).containsEntry("code", UNAUTHORIZED);
        assertThat(inTheOldForm("parley.$cmd", new Document("$query", new Document("drop", "keys"))))
                .containsEntry("code", UNAUTHORIZED);
        assertThat(inTheOldForm("admin.$cmd", new Document("isMaster", 1))).containsEntry("ok", 1.0);
    }

    private static Document inTheOldForm(String collection, Document command) throws IOException {
        byte[] bson;
        try (BasicOutputBuffer buffer = new BasicOutputBuffer()) {
            new DocumentCodec()
                    .encode(
                            new BsonBinaryWriter(buffer),
                            command,
                            EncoderContext.builder().build());
            bson = buffer.toByteArray();
        }
        byte[] name = (collection + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer request =
                ByteBuffer.allocate(16 + 4 + name.length + 8 + bson.length).order(ByteOrder.LITTLE_ENDIAN);
        request.putInt(request.capacity()).putInt(1).putInt(0).putInt(2004);
        request.putInt(0).put(name).putInt(0).putInt(-1).put(bson);
        int port = Integer.parseInt(address("").replaceAll("\\D+$", "").replaceAll(".*:", ""));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = Integer.reverseBytes(in.readInt());
            byte[] reply = in.readNBytes(length - 4);
            int headers = 12 + 20;
            return new DocumentCodec()
                    .decode(
                            new BsonBinaryReader(ByteBuffer.wrap(reply, headers, reply.length - headers)
                                    .slice()),
                            DecoderContext.builder().build());
        }
    }

    @Test
    void showsNoPassword() {
        assertThat(StoreSettings.at(directory).withCredentials(CREDENTIALS).toString())
                .doesNotContain("a-Password_1");
    }
}
