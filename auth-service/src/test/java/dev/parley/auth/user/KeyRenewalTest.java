package dev.parley.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.auth.AuthError;
import dev.parley.auth.AuthServiceTest;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Ids;
import dev.parley.platform.slice.SliceRequest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** The store has users whose keys are of the time when a key only ignored case and width. */
@AuthServiceTest
class KeyRenewalTest {

    /** Together with the others more than one batch. */
    private static final int OTHERS = 210;

    @Autowired
    private KeyRenewal renewal;

    @Autowired
    private Users users;

    @Autowired
    private UserChanges changes;

    @Autowired
    private ReactiveMongoTemplate mongo;

    private final String tenant = "earlier-" + Ids.next();

    @Test
    void findsThemBeforeAndAfterAndLocksOutNobody() {
        List<Document> earlier = new ArrayList<>(List.of(
                earlier("José"),
                earlier("Jose"),
                earlier("Müller"),
                earlier("Zoë"),
                earlier("Zoé"),
                earlier("paypal"),
                earlier("раураl")));
        IntStream.range(0, OTHERS).forEach(number -> earlier.add(earlier("other" + number)));
        mongo.insert(earlier, UserStore.COLLECTION).blockLast();
        assertAllAreFoundByTheirOwn();

        assertThat(renewal.renewAll().block()).isEqualTo(7 + OTHERS);
        assertAllAreFoundByTheirOwn();
        assertThat(renewal.renewAll().block()).isZero();

        assertThat(emailOf("MULLER")).isEqualTo("Müller@example.org");
        assertThat(users.byUsernames(tenant, List.of("muller", "JOSE", "josé"))
                        .map(User::username)
                        .collectList()
                        .block())
                .containsExactly("Müller", "Jose", "José");
        assertThat(users.list(tenant, "mull", new SliceRequest(0, 10)).block().items())
                .extracting(User::username)
                .containsExactly("Müller");
        assertTaken("muller", AuthError.EMAIL_TAKEN);
        for (String alike : List.of("PayPaI", "pаypаl", "Jo\u0301se")) {
            assertTaken(alike, AuthError.USERNAME_TAKEN);
        }
    }

    private void assertAllAreFoundByTheirOwn() {
        for (String name : List.of("José", "Jose", "Müller", "Zoë", "Zoé", "paypal", "раураl", "other7")) {
            assertThat(emailOf(name)).isEqualTo(name + "@example.org");
            assertThat(emailOf(name.toUpperCase(Locale.ROOT))).isEqualTo(name + "@example.org");
            assertThat(users.byUsernames(tenant, List.of(name))
                            .map(User::username)
                            .collectList()
                            .block())
                    .containsExactly(name);
        }
    }

    private String emailOf(String name) {
        return users.byEmail(tenant, name + "@Example.org").block().email();
    }

    private void assertTaken(String name, AuthError taken) {
        String email = taken == AuthError.EMAIL_TAKEN ? name + "@example.org" : Ids.next() + "@example.org";
        User user = changes.propose(new NewUser(tenant, email, name, null, null, null));
        assertThatThrownBy(() -> changes.add(user, null).block())
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo(taken));
    }

    private Document earlier(String name) {
        return new Document("_id", Ids.next())
                .append("tenantId", tenant)
                .append("email", name + "@example.org")
                .append("emailKey", earlierKey(name + "@example.org"))
                .append("username", name)
                .append("usernameKey", earlierKey(name))
                .append("searchWords", List.of(name.toLowerCase(Locale.ROOT)))
                .append("displayName", name)
                .append("revision", 7L)
                .append("createdAt", new Date())
                .append("updatedAt", new Date());
    }

    private String earlierKey(String text) {
        return tenant + '/' + Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
