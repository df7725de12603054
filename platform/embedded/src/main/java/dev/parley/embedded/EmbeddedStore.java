package dev.parley.embedded;

import dev.parley.embedded.store.protocol.StoreServer;
import dev.parley.embedded.store.query.QueryStatistics;
import dev.parley.embedded.store.settings.Credentials;
import dev.parley.embedded.store.settings.StoreSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A document store in this JVM that speaks MongoDB's protocol, with its data in a folder.
 *
 * <p>A write that was acknowledged survives the kill of the process. What the store does not support, it refuses with
 * an error.
 */
public final class EmbeddedStore implements AutoCloseable {

    private final StoreServer server;
    private final @Nullable Credentials credentials;

    private EmbeddedStore(StoreServer server, @Nullable Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /** Starts a store with the defaults of {@link StoreSettings#at} on a port, 0 for any free one. */
    public static EmbeddedStore start(Path directory, int port) throws IOException {
        return start(StoreSettings.at(directory).withPort(port));
    }

    /**
     * Starts a store and returns when it serves.
     *
     * @throws IOException when it cannot have the folder or the port, for instance because another store uses it
     */
    public static EmbeddedStore start(StoreSettings settings) throws IOException {
        return new EmbeddedStore(StoreServer.start(settings), settings.credentials());
    }

    /**
     * Starts a store for other machines: on all interfaces of this one.
     *
     * @throws IllegalArgumentException if the settings have no credentials: everybody could read it
     */
    public static EmbeddedStore startForNetwork(StoreSettings settings) throws IOException {
        if (settings.credentials() == null) {
            throw new IllegalArgumentException("A store that serves a network needs a password");
        }
        return new EmbeddedStore(
                StoreServer.start(settings, new InetSocketAddress(0).getAddress()), settings.credentials());
    }

    /** The connection string on this machine, without a database. It shows the password, if there is one. */
    public String uri() {
        return uri(server.port(), credentials);
    }

    /** The same before the store runs. */
    public static String uri(int port, @Nullable Credentials credentials) {
        String user = credentials == null ? "" : credentials.user() + ":" + credentials.password() + "@";
        return "mongodb://" + user + "127.0.0.1:" + port + "/";
    }

    /** What queries have read since the start, and which of them no index helped. */
    public QueryStatistics statistics() {
        return server.statistics();
    }

    /**
     * Copies the store into a folder as it is at one moment, while clients go on reading and writing. Another store can be started on the
     * copy. It shares files with this one until it is copied further, and takes next to no time.
     *
     * @param folder does not exist yet, on the file system of the store
     * @param meanwhile done at that moment: no write is acknowledged while it runs, so it must be short. If it fails, so does this
     */
    public void checkpoint(Path folder, Runnable meanwhile) throws IOException {
        server.checkpoint(folder, meanwhile);
    }

    /** Closes all connections, waits for the requests that still run, and closes the files. */
    @Override
    public void close() {
        server.close();
    }
}
