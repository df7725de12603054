package dev.parley.presence.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * New messages of conversations that users have taken out of their lists. Such a conversation comes back because of the
 * message, a moment after it: so the message waits until the user was shown the conversation again. What waits too long, or is
 * too much, is sent without that.
 *
 * <p>Everything here happens between two events, so that no later message overtakes those that wait.
 */
@Component
public final class WithheldMessages implements ConversationChangeListener, DisposableBean {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration CHECKED_EVERY = Duration.ofSeconds(1);
    private static final int MAX_OF_CONVERSATION = 100;
    private static final int MAX_CONVERSATIONS = 10_000;

    /** An answer of conversation-service about a user who connects may be so old. */
    private static final Duration LONGEST_ADMISSION = Duration.ofMinutes(1);

    private record Key(UserKey user, String conversationId) {}

    /** @param since nano time */
    private record Waiting(long since, List<MessageCreated> messages) {}

    private final EventLog eventLog;
    private final LiveSurfaces surfaces;
    private final FanoutScope scope;
    private final MemberRooms members;
    private final Disposable checks;

    private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();
    private final Cache<Key, Boolean> backRecently = Caffeine.newBuilder()
            .maximumSize(MAX_CONVERSATIONS)
            .expireAfterWrite(LONGEST_ADMISSION)
            .build();

    WithheldMessages(EventLog eventLog, LiveSurfaces surfaces, FanoutScope scope) {
        this.eventLog = eventLog;
        this.surfaces = surfaces;
        this.scope = scope;
        this.members = scope.members();
        this.checks = Schedulers.parallel()
                .schedulePeriodically(
                        this::releaseOverdue,
                        CHECKED_EVERY.toMillis(),
                        CHECKED_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * A user of this node connects.
     *
     * @param hidden the conversations that the user had taken out of the list when conversation-service answered
     */
    public void connected(UserKey user, Collection<String> hidden) {
        for (String conversationId : hidden) {
            if (backRecently.getIfPresent(new Key(user, conversationId)) == null) {
                members.hide(user, conversationId);
            }
        }
    }

    @Override
    public void hidden(String tenantId, String conversationId, String userId) {
        UserKey user = new UserKey(tenantId, userId);
        backRecently.invalidate(new Key(user, conversationId));
        members.hide(user, conversationId);
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        for (String userId : userIds) {
            UserKey user = new UserKey(tenantId, userId);
            if (members.isConnected(user)) {
                backRecently.put(new Key(user, conversationId), true);
            }
        }
    }

    /** Lets a new message wait for those of its receivers who have taken the conversation out of their lists; gives their rooms. */
    Set<DeviceRoom> withhold(MessageCreated created) {
        String conversationId = created.conversationId();
        Set<DeviceRoom> rooms = new HashSet<>();
        for (UserKey user : members.hiders(conversationId)) {
            Key key = new Key(user, conversationId);
            Waiting before = waiting.get(key);
            boolean isTooMuch = before == null
                    ? waiting.size() >= MAX_CONVERSATIONS
                    : before.messages().size() >= MAX_OF_CONVERSATION;
            if (isTooMuch) {
                release(key);
            } else {
                waiting.computeIfAbsent(key, first -> new Waiting(System.nanoTime(), new ArrayList<>()))
                        .messages()
                        .add(created);
                rooms.add(DeviceRoom.ofUser(user));
            }
        }
        return rooms;
    }

    /** A user was shown a conversation that is new in the list; by a replay only on one device, for which nothing waits. */
    public void shown(FanoutScope where, UserKey user, String conversationId) {
        if (where == scope) {
            release(new Key(user, conversationId));
        }
    }

    private void releaseOverdue() {
        long oldest = System.nanoTime() - LONGEST_WAIT.toNanos();
        waiting.forEach((key, messages) -> {
            if (messages.since() - oldest < 0) {
                release(key);
            }
        });
    }

    private void release(Key key) {
        eventLog.betweenEvents(view -> {
            Waiting messages = waiting.remove(key);
            if (messages != null) {
                send(key, messages.messages(), view.now().format());
            }
            members.unhide(key.user(), key.conversationId());
            return view;
        });
    }

    /** @param offset of a device that has received everything until now, which it has with the last of these */
    private void send(Key key, List<MessageCreated> messages, String offset) {
        FanoutScope onlyUser = scope.in(new RoomRegistry());
        members.copyTo(onlyUser.members(), key.user(), key.conversationId());
        int last = messages.size() - 1;
        for (int i = 0; i <= last; i++) {
            EventContext context =
                    i == last ? EventContext.at(onlyUser, part -> offset) : EventContext.unrecorded(onlyUser);
            eventLog.present(messages.get(i)).ifPresent(now -> send(now, context));
        }
    }

    private void send(ConversationEvent event, EventContext context) {
        if (event instanceof MessageCreated created) {
            surfaces.render(
                    () -> "the message that brought back conversation " + created.conversationId(),
                    renderer -> renderer.messageCreated(created, context));
        }
    }

    @Override
    public void destroy() {
        checks.dispose();
    }
}
