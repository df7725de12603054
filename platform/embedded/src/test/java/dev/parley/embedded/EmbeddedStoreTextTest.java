package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTextTest {

    @TempDir
    Path directory;

    private EmbeddedStore store;
    private MongoClient client;
    private MongoCollection<Document> messages;

    @BeforeEach
    void start() throws Exception {
        store = EmbeddedStore.start(directory, 0);
        client = MongoClients.create(store.uri());
        messages = client.getDatabase("test").getCollection("messages");
        messages.createIndex(new Document("text", "text"));
    }

    @AfterEach
    void stop() {
        client.close();
        store.close();
    }

    private void insert(String... texts) {
        for (String text : texts) {
            messages.insertOne(new Document("_id", text).append("text", text));
        }
    }

    private List<String> search(String search) {
        return messages.find(new Document("$text", new Document("$search", search)))
                .sort(new Document("_id", 1))
                .map(found -> found.getString("_id"))
                .into(new ArrayList<>());
    }

    @Test
    void wantsEveryWordAndTakesTheStartOfAWordForIt() {
        insert("deployment of the gateway", "the deploy failed", "gateway restarted");

        assertThat(search("deploy")).containsExactly("deployment of the gateway", "the deploy failed");
        assertThat(search("deploy gateway")).containsExactly("deployment of the gateway");
        assertThat(search("gate dep")).containsExactly("deployment of the gateway");
        assertThat(search("ployment")).isEmpty();
        assertThat(search("")).isEmpty();
        assertThat(search("-deploy")).isEmpty();
    }

    @Test
    void findsGermanWithAndWithoutUmlauts() {
        insert("Die Straße ist gesperrt", "Grüße aus Köln", "ÜBERMORGEN");

        assertThat(search("strasse")).containsExactly("Die Straße ist gesperrt");
        assertThat(search("STRASSE")).containsExactly("Die Straße ist gesperrt");
        assertThat(search("straße")).containsExactly("Die Straße ist gesperrt");
        assertThat(search("koln grüs")).containsExactly("Grüße aus Köln");
        assertThat(search("übermorgen")).containsExactly("ÜBERMORGEN");
    }

    @Test
    void findsVietnameseWithAndWithoutTones() {
        insert("Xin chào Việt Nam", "Đường phố Hà Nội", "Tôi đang học tiếng Việt");

        assertThat(search("viet")).containsExactly("Tôi đang học tiếng Việt", "Xin chào Việt Nam");
        assertThat(search("duong pho")).containsExactly("Đường phố Hà Nội");
        assertThat(search("tiếng viet")).containsExactly("Tôi đang học tiếng Việt");
        assertThat(search("chào")).containsExactly("Xin chào Việt Nam");
    }

    @Test
    void findsJapaneseInsideSentencesWithoutSpaces() {
        insert("明日の会議は東京で行います", "東の京", "コーヒーを飲みます", "ｺｰﾋｰ豆", "かきくけこ", "がぎぐげご");

        assertThat(search("会議")).containsExactly("明日の会議は東京で行います");
        assertThat(search("東京")).containsExactly("明日の会議は東京で行います");
        assertThat(search("東")).containsExactly("明日の会議は東京で行います", "東の京");
        assertThat(search("京")).containsExactly("明日の会議は東京で行います", "東の京");
        assertThat(search("コーヒー")).containsExactly("コーヒーを飲みます", "ｺｰﾋｰ豆");
        assertThat(search("かき")).containsExactly("かきくけこ");
        assertThat(search("東京 会議")).containsExactly("明日の会議は東京で行います");
        assertThat(search("会議 大阪")).isEmpty();
    }

    @Test
    void findsOtherScripts() {
        insert("Привет, мир", "안녕하세요 세계", "สวัสดีครับ", "ΓΕΙΆ ΣΟΥ ΚΌΣΜΕ", "release v2.0 am 3.5.");

        assertThat(search("привет")).containsExactly("Привет, мир");
        assertThat(search("안녕")).containsExactly("안녕하세요 세계");
        assertThat(search("สวัส")).containsExactly("สวัสดีครับ");
        assertThat(search("γεια κοσμε")).containsExactly("ΓΕΙΆ ΣΟΥ ΚΌΣΜΕ");
        assertThat(search("v2.0")).containsExactly("release v2.0 am 3.5.");
    }

    @Test
    void readsTheDocumentsOfTheRarestWord() {
        for (int i = 0; i < 500; i++) {
            messages.insertOne(new Document("_id", "m" + i).append("text", "common " + (i == 77 ? "needle" : "straw")));
        }
        long before = store.statistics().documentsExamined();

        assertThat(search("common needle")).containsExactly("m77");
        assertThat(store.statistics().documentsExamined() - before).isEqualTo(1);
    }
}
