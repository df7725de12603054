package dev.parley.embedded.conformance;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** The same checks against every server at hand: the embedded store, and real MongoDB where there is one. */
abstract class Conformance {

    @Parameter
    Server server;

    MongoClient client;
    MongoDatabase database;
    MongoCollection<Document> things;

    @BeforeEach
    void connect() throws Exception {
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.uri()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        database =
                client.getDatabase("conformance_" + UUID.randomUUID().toString().replace("-", ""));
        things = database.getCollection("things");
    }

    @AfterEach
    void disconnect() {
        if (client != null) {
            database.drop();
            client.close();
        }
    }

    static Document doc(String json) {
        return Document.parse(json);
    }

    void insert(String... documents) {
        List<Document> parsed = new ArrayList<>();
        for (String document : documents) {
            parsed.add(doc(document));
        }
        things.insertMany(parsed);
    }

    /** The ids found, in the order found. */
    List<Object> ids(String filter, String sort) {
        return things.find(doc(filter))
                .sort(doc(sort))
                .map(found -> found.get("_id"))
                .into(new ArrayList<>());
    }

    /** The ids found, in the order of the ids. */
    List<Object> ids(String filter) {
        return ids(filter, "{_id: 1}");
    }

    List<Document> aggregate(String... stages) {
        List<Bson> pipeline = new ArrayList<>();
        for (String stage : stages) {
            pipeline.add(doc(stage));
        }
        return things.aggregate(pipeline).into(new ArrayList<>());
    }

    Document only() {
        return things.find().first();
    }
}
