package dev.parley.notification.device;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The devices of users. */
public interface Devices {

    /** The devices that can be told something, by user id; users without any are left out. */
    Mono<Map<String, List<Device>>> ofUsers(String tenantId, Collection<String> userIds);

    /** Ends a device whose address is good no more, unless it has another address by now. */
    Mono<Void> retire(Device device, String reason);
}
