package dev.parley.presence.cluster;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.LastSeenPrivacy.Visibility;
import dev.parley.presence.online.PresenceObservers;
import dev.parley.presence.online.PresenceTransition;
import dev.parley.presence.online.PresenceVisibility;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Notifies the users of this node about changes of other users' statuses, in the order in which they happened, as far as
 * those show themselves. Each notification is sent under the monitor: what a user sets about it comes before or after.
 */
@Component
final class PresenceNotifier implements DisposableBean {

    /** How often a setting is read again that could not be read. */
    private static final Duration READ_AGAIN = Duration.ofSeconds(2);

    /** @param observers the ids of the users at this node who are notified */
    record Notification(PresenceTransition transition, Collection<String> observers) {}

    private final LiveSurfaces surfaces;
    private final FanoutScope scope;
    private final PresenceVisibility visibility;
    private final PresenceObservers observers;
    private final UserStatuses statuses;
    private final Disposable readingAgain;

    PresenceNotifier(
            LiveSurfaces surfaces,
            FanoutScope scope,
            PresenceVisibility visibility,
            PresenceObservers observers,
            UserStatuses statuses) {
        this.surfaces = surfaces;
        this.scope = scope;
        this.visibility = visibility;
        this.observers = observers;
        this.statuses = statuses;
        this.readingAgain = Schedulers.parallel()
                .schedulePeriodically(
                        this::readAgain, READ_AGAIN.toMillis(), READ_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Completes when the notifications were handed to the devices. */
    Mono<Void> notify(List<Notification> notifications) {
        List<UserKey> users = notifications.stream()
                .filter(notification -> !notification.observers().isEmpty())
                .map(notification -> notification.transition().user())
                .distinct()
                .toList();
        return visibility.prepare(users).then(Mono.fromRunnable(() -> notifications.forEach(this::notify)));
    }

    private synchronized void notify(Notification notification) {
        PresenceTransition transition = notification.transition();
        UserKey user = transition.user();
        if (!notification.observers().isEmpty() && visibility.isShown(user)) {
            send(transition, notification.observers());
        }
        // The user may be online again by now.
        if (transition.wentOffline() && !isOnline(user)) {
            visibility.gone(user);
        }
    }

    /**
     * Users now share a conversation with users who are online.
     *
     * @param observersByUser the ids of those who are told, by the user who is online
     */
    void reveal(String tenantId, Map<String, Set<String>> observersByUser) {
        visibility
                .prepare(observersByUser.keySet().stream()
                        .map(userId -> new UserKey(tenantId, userId))
                        .toList())
                .subscribe(
                        nothing -> {},
                        failure -> {},
                        () -> observersByUser.forEach(
                                (userId, observerIds) -> reveal(new UserKey(tenantId, userId), observerIds)));
    }

    private synchronized void reveal(UserKey user, Set<String> observerIds) {
        if (visibility.isShown(user) && isOnline(user)) {
            EventContext context = EventContext.unrecorded(scope);
            surfaces.render(
                    () -> "who is online in a conversation that is new to them",
                    renderer -> renderer.presenceRevealed(user, observerIds, context));
        }
    }

    /** A user has set who may see the user. Those who see a difference are notified as if the user came or went. */
    synchronized void visibilityChanged(UserKey user, Visibility now) {
        visibility.changed(user, now).ifPresent(shown -> sendAsTransition(user, shown));
    }

    private void readAgain() {
        visibility
                .readAgain()
                .subscribe(shown -> shown.forEach(user -> {
                    synchronized (this) {
                        sendAsTransition(user, visibility.isShown(user));
                    }
                }));
    }

    private void sendAsTransition(UserKey user, boolean shown) {
        Status status = statuses.of(user);
        if (status != Status.OFFLINE) {
            send(
                    shown
                            ? new PresenceTransition(user, Status.OFFLINE, status, null)
                            : new PresenceTransition(user, status, Status.OFFLINE, null),
                    observers.observersOf(user));
        }
    }

    private void send(PresenceTransition transition, Collection<String> observerIds) {
        EventContext context = EventContext.unrecorded(scope);
        surfaces.render(
                () -> "that %s is %s".formatted(transition.user(), transition.now()),
                renderer -> renderer.presenceChanged(transition, observerIds, transition.lastSeenAt(), context));
    }

    private boolean isOnline(UserKey user) {
        return statuses.of(user) != Status.OFFLINE;
    }

    @Override
    public void destroy() {
        readingAgain.dispose();
    }
}
