package dev.parley.presence.online;

import dev.parley.platform.id.Ids;
import org.springframework.stereotype.Component;

/** The id of this node among those that run presence-service. A node that starts again has a new one. */
@Component
public final class NodeId {

    private final String value = Ids.next();

    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
