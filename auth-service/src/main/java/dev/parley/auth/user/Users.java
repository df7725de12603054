package dev.parley.auth.user;

import dev.parley.auth.AuthError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import dev.parley.platform.text.TextFolding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads users. Every question names a tenant and is answered with users of that tenant alone. */
@Component
public class Users {

    /** Comes after every character that a word may hold. */
    private static final char LAST = '\uffff';

    private final ReactiveMongoTemplate mongo;
    private final UserSettings settings;

    Users(ReactiveMongoTemplate mongo, UserSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
    }

    /** @return fails with {@link AuthError#USER_NOT_FOUND} if the tenant has no such user */
    public Mono<User> get(String tenantId, String userId) {
        Query query = Query.query(
                Criteria.where("_id").is(userId).and(UserStore.TENANT).is(tenantId));
        return mongo.findOne(query, User.class, UserStore.COLLECTION)
                .switchIfEmpty(Mono.error(() -> ApiException.of(AuthError.USER_NOT_FOUND, "No user " + userId)));
    }

    /** The user with this email in the tenant, both folded; empty if there is none. */
    public Mono<User> byEmail(String tenantId, String email) {
        List<String> keys = UserKeys.ofEmail(tenantId, email);
        return mongo.find(Query.query(Criteria.where(UserStore.EMAIL_KEY).in(keys)), User.class, UserStore.COLLECTION)
                .collectList()
                .flatMap(found -> Mono.justOrEmpty(best(found, User::email, email)));
    }

    /** What the registration with this key said of the user; empty if nobody registered with it. */
    public Mono<RegistrationKey> registeredWith(RegistrationKey key) {
        Query query = Query.query(Criteria.where(UserStore.REGISTRATION_KEY).is(key.value()));
        query.fields().include(UserStore.REGISTRATION_FINGERPRINT);
        return mongo.findOne(query, Document.class, UserStore.COLLECTION)
                .map(found -> new RegistrationKey(key.value(), found.getString(UserStore.REGISTRATION_FINGERPRINT)));
    }

    /** The users with these usernames in the tenant, all of them folded, in no order. */
    public Flux<User> byUsernames(String tenantId, Collection<String> usernames) {
        List<String> keys = usernames.stream()
                .flatMap(username -> UserKeys.ofUsername(tenantId, username).stream())
                .toList();
        if (keys.isEmpty()) {
            return Flux.empty();
        }
        return mongo.find(
                        Query.query(Criteria.where(UserStore.USERNAME_KEY).in(keys)), User.class, UserStore.COLLECTION)
                .collectList()
                .flatMapIterable(found -> usernames.stream()
                        .flatMap(username -> best(found, User::username, username).stream())
                        .distinct()
                        .toList());
    }

    /** The user whose text is the asked one by the earlier rules; else one whose text is the same when folded. */
    private static Optional<User> best(List<User> found, Function<User, String> text, String asked) {
        return first(found, text, asked, UserKeys::earlier).or(() -> first(found, text, asked, TextFolding::fold));
    }

    private static Optional<User> first(
            List<User> found, Function<User, String> text, String asked, UnaryOperator<String> rules) {
        String wanted = rules.apply(asked);
        return found.stream()
                .filter(user -> rules.apply(text.apply(user)).equals(wanted))
                .findFirst();
    }

    /** Some users, of all tenants, whose keys follow earlier rules than {@link UserKeys#RULES}. */
    Flux<User> withEarlierKeys(int limit) {
        List<@Nullable Integer> earlier = new ArrayList<>();
        earlier.add(null);
        IntStream.range(1, UserKeys.RULES).forEach(earlier::add);
        Query query =
                Query.query(Criteria.where(UserStore.KEY_RULES).in(earlier)).limit(limit);
        return mongo.find(query, User.class, UserStore.COLLECTION);
    }

    /** The users with these ids in the tenant, in the order of the ids. Other ids are left out. */
    public Flux<User> all(String tenantId, List<String> userIds) {
        if (userIds.isEmpty()) {
            return Flux.empty();
        }
        Query query = Query.query(
                Criteria.where("_id").in(userIds).and(UserStore.TENANT).is(tenantId));
        return mongo.find(query, User.class, UserStore.COLLECTION)
                .collectMap(User::id)
                .flatMapIterable(found -> userIds.stream()
                        .map(found::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /**
     * A part of the list of the tenant's users, sorted by username.
     *
     * @param text words, each of which must begin a word of a user's names or username; null for all users. A search
     *     finds at most {@code parley.auth.users.max-found} users
     */
    public Mono<Slice<User>> list(String tenantId, @Nullable String text, SliceRequest request) {
        List<String> words = text == null ? List.of() : SearchWords.ofQuery(text);
        return words.isEmpty() ? everybody(tenantId, request) : search(tenantId, words, request);
    }

    private Mono<Slice<User>> everybody(String tenantId, SliceRequest request) {
        Criteria ofTenant = Criteria.where(UserStore.TENANT).is(tenantId);
        Query part = Query.query(ofTenant)
                .with(Sort.by(UserStore.USERNAME_KEY))
                .skip(request.offset())
                .limit(request.limit());
        return Mono.zip(
                mongo.find(part, User.class, UserStore.COLLECTION).collectList(),
                mongo.count(Query.query(ofTenant), UserStore.COLLECTION),
                Slice::new);
    }

    /**
     * No index has both the words and the order, so a bounded number of users is read and sorted here. Users who did not change their
     * profile since emails could be searched for still have the words of their email in the store, so each one is looked at again.
     */
    private Mono<Slice<User>> search(String tenantId, List<String> words, SliceRequest request) {
        Criteria criteria = Criteria.where(UserStore.TENANT)
                .is(tenantId)
                .andOperator(words.stream().map(Users::begins).toList());
        return mongo.find(Query.query(criteria).limit(settings.maxFound()), User.class, UserStore.COLLECTION)
                .filter(user -> SearchWords.match(user, words))
                .collectSortedList(Comparator.comparing(user -> UserKeys.username(tenantId, user.username())))
                .map(request::of);
    }

    /** Both bounds must hold for the same word, hence {@code elemMatch}. */
    private static Criteria begins(String prefix) {
        return Criteria.where(UserStore.WORDS)
                .elemMatch(new Criteria().gte(prefix).lt(prefix + LAST));
    }
}
