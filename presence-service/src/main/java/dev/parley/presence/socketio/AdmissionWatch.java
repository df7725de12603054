package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoSession;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a connection that is in no namespace: how long it stays so, and how often its client is refused. Only used in
 * the session's event loop.
 */
final class AdmissionWatch {

    private final EngineIoSession session;
    private final SocketIoSettings settings;
    private final Runnable late;
    private @Nullable Future<?> timer;
    private int refusals;

    /** @param late runs when the connection was in no namespace for too long */
    AdmissionWatch(EngineIoSession session, SocketIoSettings settings, Runnable late) {
        this.session = session;
        this.settings = settings;
        this.late = late;
    }

    /** The connection is in no namespace. Attempts that fail do not give it more time. */
    void start() {
        if (timer == null) {
            timer = session.loop().schedule(late, settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The client was admitted to a namespace, or is gone. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** The client was refused. Returns whether it may try again on this connection. */
    boolean refused() {
        session.admissionFailed();
        refusals++;
        return refusals < settings.maxRefusals();
    }

    /** Whether the client may ask for a namespace, or clients of its address were refused too often. */
    boolean mayTry() {
        return session.mayTryAdmission();
    }
}
