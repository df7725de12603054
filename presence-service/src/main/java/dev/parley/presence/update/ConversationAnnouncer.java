package dev.parley.presence.update;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.Device;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.stream.WithheldMessages;
import dev.parley.presence.surface.ConversationPresenter;
import dev.parley.presence.surface.ConversationPresenter.MemberView;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.LiveSurfaces;
import dev.parley.presence.transport.WireForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Requests how the members of a conversation see it now, and shows it to them on all their devices, on each surface. */
@Component
public final class ConversationAnnouncer {

    /**
     * How often a new member is requested. The system message about a new member is published before the membership is
     * stored; conversation-service completes an interrupted change after 10 to 15 seconds. These attempts take at least
     * about 36 seconds, with the pauses of {@link ConversationUpdateScheduler}: a user who is not found by then was never
     * stored, or is a member no longer.
     */
    private static final int MAX_ATTEMPTS = 25;

    private final LiveSurfaces surfaces;
    private final int maxUsersPerRequest;
    private final WithheldMessages withheld;

    ConversationAnnouncer(LiveSurfaces surfaces, PresenceSettings settings, WithheldMessages withheld) {
        this.withheld = withheld;
        this.surfaces = surfaces;
        this.maxUsersPerRequest = settings.updates().maxUsersPerRequest();
    }

    /**
     * Shows what is pending to the users who are connected.
     *
     * @param later receives what could not be shown yet
     */
    public Mono<Void> announce(FanoutScope scope, String conversationId, PendingUpdates pending, PendingUpdates later) {
        return Flux.fromIterable(surfaces.all())
                .concatMap(surface -> Mono.justOrEmpty(surface.conversations()).flatMap(presenter -> new Announcement<>(
                                scope, surface, presenter, conversationId, pending, later, withheld)
                        .run(maxUsersPerRequest)))
                .then();
    }

    /** One conversation on one surface. */
    private record Announcement<V>(
            FanoutScope scope,
            LiveSurface surface,
            ConversationPresenter<V> presenter,
            String conversationId,
            PendingUpdates pending,
            PendingUpdates later,
            WithheldMessages withheld) {

        Mono<Void> run(int maxUsersPerRequest) {
            return Flux.fromIterable(users())
                    .buffer(maxUsersPerRequest)
                    .concatMap(
                            userIds -> presenter.views(conversationId, userIds).doOnNext(views -> show(views, userIds)))
                    .then();
        }

        private Set<String> users() {
            MemberRooms members = scope.members();
            Set<String> users = new HashSet<>(pending.changed());
            users.addAll(pending.opened().keySet());
            users.removeIf(userId -> !members.isConnected(key(userId)));
            if (pending.isForAll()) {
                users.addAll(members.localMembers(conversationId));
            }
            users.removeIf(userId -> !isOnSurface(userId));
            return users;
        }

        /** Users without a device, who may reconnect at any moment, count as users of every surface. */
        private boolean isOnSurface(String userId) {
            Set<Device> devices = scope.rooms().devices().membersOf(DeviceRoom.ofUser(key(userId)));
            WireForm form = surface.form();
            return devices.isEmpty() || devices.stream().anyMatch(device -> device.form() == form);
        }

        private void show(List<MemberView<V>> views, List<String> requested) {
            Map<V, List<DeviceRoom>> changed = new HashMap<>();
            Map<V, List<DeviceRoom>> opened = new HashMap<>();
            Set<String> missing = new HashSet<>(requested);
            missing.retainAll(pending.opened().keySet());
            for (MemberView<V> member : views) {
                String userId = member.userId();
                boolean isNew = pending.opened().containsKey(userId);
                if (isNew && !member.active()) {
                    continue;
                }
                missing.remove(userId);
                if (member.active()) {
                    scope.members().correctFromSeq(key(userId), conversationId, member.fromSeq());
                }
                (isNew ? opened : changed)
                        .computeIfAbsent(member.view(), same -> new ArrayList<>())
                        .add(DeviceRoom.ofUser(key(userId)));
            }
            EventContext context = EventContext.unrecorded(scope);
            opened.forEach((view, users) -> presenter.opened(conversationId, view, users, context));
            views.stream()
                    .filter(member -> member.active() && pending.opened().containsKey(member.userId()))
                    .forEach(member -> withheld.shown(scope, key(member.userId()), conversationId));
            changed.forEach((view, users) -> presenter.changed(conversationId, view, users, context));
            missing.forEach(this::retryOrRemove);
        }

        /** A user who is not found as a member again and again stops listening. */
        private void retryOrRemove(String userId) {
            int attempts = pending.opened().getOrDefault(userId, 0) + 1;
            if (attempts < MAX_ATTEMPTS) {
                later.openedFor(userId, attempts);
            } else {
                scope.members().removeNonMember(key(userId), conversationId);
            }
        }

        private UserKey key(String userId) {
            return new UserKey(pending.tenantId(), userId);
        }
    }
}
