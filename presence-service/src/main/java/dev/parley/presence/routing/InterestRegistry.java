package dev.parley.presence.routing;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.EventInterest;
import dev.parley.presence.routing.InboxProgress.Answer;
import dev.parley.presence.stream.ConversationChangeListener;
import dev.parley.presence.stream.StreamPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What this node is interested in, and who waits until the routers know of it. Safe for any thread. */
final class InterestRegistry implements EventInterest, ConversationChangeListener {

    /** How long a user who is not online here may still be about to come. */
    private static final Duration ADMISSION = Duration.ofMinutes(1);

    private static final class OfUser {

        private final Set<String> conversationIds = new HashSet<>();

        /** Those of them whose recent events this node has, as far as there are any. */
        private final Set<String> complete = new HashSet<>();

        private boolean about;
        private long usedAt = System.nanoTime();
    }

    /** Who waits for what. */
    private static final class Request {

        private final UserKey user;
        private final Set<String> missing;
        private final boolean about;
        private final CompletableFuture<Void> answered = new CompletableFuture<>();

        /** The offset of the record that asks; null while it is on its way. */
        private @Nullable Long offset;

        private Request(UserKey user, Set<String> missing, boolean about) {
            this.user = user;
            this.missing = missing;
            this.about = about;
        }
    }

    /** From when this node reads an inbox until it starts again. */
    private record Reading(NodeRecord node, InboxProgress progress) {}

    private final InterestPublisher publisher;
    private final Duration timeout;
    private final Map<UserKey, OfUser> users = new HashMap<>();
    /** Those who wait, in the order in which they came. */
    private final Set<Request> requests = new LinkedHashSet<>();

    /** Of how many users a conversation is complete. */
    private final Map<String, Integer> complete = new HashMap<>();

    private @Nullable Reading reading;
    private volatile long epoch;

    /** Whether the routers were not told all of the present interest. */
    private volatile boolean untold;

    private StreamPosition reached = StreamPosition.none(0);

    InterestRegistry(InterestPublisher publisher, PresenceSettings settings) {
        this.publisher = publisher;
        this.timeout = settings.recovery().catchUpTimeout();
    }

    /** This node reads an inbox from now on: whoever came before waits no longer for that. */
    synchronized void begin(NodeRecord node, InboxProgress progress, int partitions) {
        reading = new Reading(node, progress);
        untold = false;
        reached = StreamPosition.none(partitions);
        List.copyOf(requests).forEach(this::send);
    }

    /** It has lost its inbox. Whoever waits must come again. */
    synchronized void end() {
        reading = null;
        epoch++;
        users.clear();
        complete.clear();
        requests.forEach(request -> request.answered.completeExceptionally(unavailable()));
        requests.clear();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    private static ApiException unavailable() {
        return ApiException.of(
                PlatformError.UNAVAILABLE, "This node does not read the events of these conversations yet");
    }

    @Override
    public Mono<Void> inUser(UserKey user) {
        return Mono.defer(() -> awaiting(inUserNow(user)));
    }

    private synchronized @Nullable Request inUserNow(UserKey user) {
        OfUser known = used(user);
        return known.about ? null : ask(new Request(user, Set.of(), true));
    }

    @Override
    public Mono<Void> inConversations(UserKey user, Collection<String> conversationIds) {
        return Mono.defer(() -> awaiting(inConversationsNow(user, conversationIds)));
    }

    private synchronized @Nullable Request inConversationsNow(UserKey user, Collection<String> conversationIds) {
        OfUser known = used(user);
        boolean isMore = known.conversationIds.addAll(conversationIds);
        Set<String> missing =
                conversationIds.stream().filter(id -> !complete.containsKey(id)).collect(Collectors.toSet());
        completed(
                known,
                conversationIds.stream().filter(id -> !missing.contains(id)).toList());
        if (!missing.isEmpty()) {
            return ask(new Request(user, missing, false));
        }
        if (isMore) {
            publish(user, Set.of(), false);
        }
        return null;
    }

    private OfUser used(UserKey user) {
        OfUser known = users.computeIfAbsent(user, first -> new OfUser());
        known.usedAt = System.nanoTime();
        return known;
    }

    private Mono<Void> awaiting(@Nullable Request request) {
        return request == null
                ? Mono.empty()
                : Mono.fromFuture(request.answered)
                        .publishOn(Schedulers.parallel())
                        .timeout(timeout, Mono.error(InterestRegistry::unavailable))
                        .doFinally(end -> remove(request));
    }

    private synchronized void remove(Request request) {
        requests.remove(request);
    }

    private Request ask(Request request) {
        requests.add(request);
        if (reading != null) {
            send(request);
        }
        return request;
    }

    private void send(Request request) {
        request.offset = null;
        publish(request.user, request.missing, request.about).whenComplete((offset, failure) -> {
            if (failure == null) {
                stored(request, offset);
            } else {
                request.answered.completeExceptionally(failure);
            }
        });
    }

    private synchronized void stored(Request request, long offset) {
        request.offset = offset;
        check(request);
    }

    /** Called in the order in which the records must be stored. */
    private CompletableFuture<Long> publish(UserKey user, Set<String> missing, boolean about) {
        Reading now = reading;
        OfUser known = users.get(user);
        if (now == null || known == null) {
            return CompletableFuture.failedFuture(unavailable());
        }
        CompletableFuture<Long> published = publisher.interested(new InterestRecord(
                now.node().node(),
                now.node().inbox(),
                user.tenantId(),
                user.userId(),
                List.copyOf(known.conversationIds),
                List.copyOf(missing),
                about));
        return published.whenComplete((offset, failure) -> untold |= failure != null);
    }

    /**
     * The routers have come further.
     *
     * @param position how far this node has read
     */
    synchronized void progressed(StreamPosition position) {
        reached = position;
        List.copyOf(requests).forEach(this::check);
    }

    private void check(Request request) {
        Reading now = reading;
        Long offset = request.offset;
        if (now == null || offset == null || !requests.contains(request)) {
            return;
        }
        Answer answer = now.progress().answer(offset, reached);
        if (answer == Answer.ASK_AGAIN) {
            send(request);
        } else if (answer == Answer.YES) {
            requests.remove(request);
            answered(request);
        }
    }

    private void answered(Request request) {
        OfUser known = users.get(request.user);
        if (known == null) {
            request.answered.completeExceptionally(unavailable());
            return;
        }
        known.about |= request.about;
        completed(known, request.missing);
        request.answered.complete(null);
    }

    private void completed(OfUser known, Collection<String> conversationIds) {
        conversationIds.stream()
                .filter(known.conversationIds::contains)
                .filter(known.complete::add)
                .forEach(id -> complete.merge(id, 1, Integer::sum));
    }

    private void incomplete(OfUser known, String conversationId) {
        if (known.complete.remove(conversationId)) {
            complete.computeIfPresent(conversationId, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** The routers count the conversation as interesting for a while, because of the event that told of it. */
    @Override
    public synchronized void opened(String tenantId, String conversationId, Collection<String> userIds) {
        change(tenantId, userIds, known -> known.conversationIds.add(conversationId));
    }

    @Override
    public synchronized void left(String tenantId, String conversationId, Collection<String> userIds) {
        change(tenantId, userIds, known -> {
            incomplete(known, conversationId);
            return known.conversationIds.remove(conversationId);
        });
    }

    private void change(String tenantId, Collection<String> userIds, Predicate<OfUser> change) {
        for (String userId : userIds) {
            UserKey user = new UserKey(tenantId, userId);
            OfUser known = users.get(user);
            if (known != null && change.test(known)) {
                publish(user, Set.of(), false);
            }
        }
    }

    /** Forgets the users who are gone from this node. */
    synchronized void forgetUnless(Predicate<UserKey> isOnline) {
        Reading now = reading;
        if (now == null) {
            return;
        }
        long oldest = System.nanoTime() - ADMISSION.toNanos();
        List<UserKey> gone = users.entrySet().stream()
                .filter(user -> user.getValue().usedAt - oldest < 0 && !isOnline.test(user.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(user -> {
            OfUser known = users.remove(user);
            Set.copyOf(known.complete).forEach(id -> incomplete(known, id));
            publisher.gone(InterestKey.of(now.node().node(), user));
        });
    }

    /**
     * @throws InboxLostException if the routers could not be told of some interest
     */
    void requireTold() {
        if (untold) {
            throw new InboxLostException("The routers could not be told what this node needs");
        }
    }

    /** How many users it has told of. */
    synchronized int size() {
        return users.size();
    }
}
