package dev.parley.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoQueryException;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Of text search, what a MongoDB server does too: whole words, phrases, case and accents, other conditions. */
@ParameterizedClass
@EnumSource(Server.class)
class TextConformanceTest extends Conformance {

    private void index() {
        things.createIndex(doc("{title: 'text', 'body.text': 'text'}"), new IndexOptions().defaultLanguage("none"));
    }

    @Test
    void findsWordsInAllIndexedFieldsWhateverTheirCaseAndAccents() {
        index();
        insert(
                "{_id: 1, title: 'Crème brûlée', body: {text: 'A dessert'}}",
                "{_id: 2, title: 'Bread', body: {text: 'Goes with CREME fraiche'}}",
                "{_id: 3, title: 'Salt', body: [{text: 'one'}, {text: 'creme'}]}",
                "{_id: 4, title: 'Pepper'}");

        assertThat(ids("{$text: {$search: 'creme'}}")).containsExactly(1, 2, 3);
        assertThat(ids("{$text: {$search: 'BRÛLÉE'}}")).containsExactly(1);
        assertThat(ids("{$text: {$search: 'nothing'}}")).isEmpty();
        assertThat(ids("{$text: {$search: 'creme'}, _id: {$gt: 1}}")).containsExactly(2, 3);
        assertThat(things.countDocuments(doc("{$text: {$search: 'creme'}}"))).isEqualTo(3);
    }

    @Test
    void findsPhrasesAndLeavesOutWhatIsNegated() {
        index();
        insert("{_id: 1, title: 'one two three'}", "{_id: 2, title: 'two one'}", "{_id: 3, title: 'one three'}");

        assertThat(ids("{$text: {$search: '\"one two\"'}}")).containsExactly(1);
        assertThat(ids("{$text: {$search: '\"two\" \"one\"'}}")).containsExactly(1, 2);
        assertThat(ids("{$text: {$search: 'one -three'}}")).containsExactly(2);
    }

    @Test
    void followsUpdatesAndDeletes() {
        index();
        insert("{_id: 1, title: 'before'}", "{_id: 2, title: 'before'}");

        things.updateOne(doc("{_id: 1}"), doc("{$set: {title: 'after'}}"));
        things.deleteOne(doc("{_id: 2}"));

        assertThat(ids("{$text: {$search: 'before'}}")).isEmpty();
        assertThat(ids("{$text: {$search: 'after'}}")).containsExactly(1);
    }

    @Test
    void searchesWithinOneValueOfAFieldBeforeTheText() {
        things.createIndex(doc("{room: 1, text: 'text'}"), new IndexOptions().defaultLanguage("none"));
        insert("{_id: 1, room: 'a', text: 'hello'}", "{_id: 2, room: 'b', text: 'hello'}");

        assertThat(ids("{room: 'b', $text: {$search: 'hello'}}")).containsExactly(2);
        assertThatThrownBy(() -> ids("{$text: {$search: 'hello'}}"))
                .isInstanceOf(MongoQueryException.class)
                .hasMessageContaining("text index");
    }

    @Test
    void wantsATextIndexAndOnlyOne() {
        insert("{_id: 1, title: 'x'}");
        assertThatThrownBy(() -> ids("{$text: {$search: 'x'}}"))
                .isInstanceOfSatisfying(MongoQueryException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(27));

        index();
        Document listed = things.listIndexes().into(new ArrayList<>()).get(1);
        assertThat(listed.get("key", Document.class)).isEqualTo(doc("{_fts: 'text', _ftsx: 1}"));
        assertThat(listed.get("weights", Document.class).keySet()).containsExactlyInAnyOrder("title", "body.text");
        assertThatThrownBy(() -> things.createIndex(doc("{other: 'text'}")))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isIn(67, 85));
    }
}
