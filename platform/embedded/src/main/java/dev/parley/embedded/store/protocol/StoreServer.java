package dev.parley.embedded.store.protocol;

import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import dev.parley.embedded.store.authentication.Authentication;
import dev.parley.embedded.store.authentication.StoredPassword;
import dev.parley.embedded.store.command.StoreBackend;
import dev.parley.embedded.store.query.QueryStatistics;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.settings.SyncPolicy;
import dev.parley.embedded.store.storage.KeyValueStorage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves a store on a port: opens its files, answers the protocol, and closes both in order. */
public final class StoreServer implements AutoCloseable {

    private static final int CLOSE_SECONDS = 10;

    private final StoreBackend backend;
    private final QueryStatistics statistics;
    private final @Nullable StoredPassword password;
    private final MultiThreadIoEventLoopGroup loops;
    private final RequestExecutors executors;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;

    private StoreServer(StoreBackend backend, StoreSettings settings, InetAddress address, QueryStatistics statistics)
            throws IOException {
        this.backend = backend;
        this.statistics = statistics;
        this.password = settings.credentials() == null ? null : StoredPassword.of(settings.credentials());
        this.executors = new RequestExecutors(settings.maxConcurrentRequests());
        this.loops = new MultiThreadIoEventLoopGroup(2, new NamedThreadFactory("store-io"), NioIoHandler.newFactory());
        try {
            this.listening = bind(new InetSocketAddress(address, settings.port()));
        } catch (RuntimeException | IOException e) {
            closeThreads();
            throw e;
        }
    }

    /** Opens the store of a folder and serves it on the loopback interface. */
    public static StoreServer start(StoreSettings settings) throws IOException {
        return start(settings, InetAddress.getLoopbackAddress());
    }

    /** Opens the store of a folder and serves it on the interface that has the address. */
    public static StoreServer start(StoreSettings settings, InetAddress address) throws IOException {
        KeyValueStorage storage = KeyValueStorage.open(
                settings.directory().toAbsolutePath(), settings.cacheBytes(), settings.syncPolicy() == SyncPolicy.DISK);
        try {
            QueryStatistics statistics = new QueryStatistics();
            return new StoreServer(new StoreBackend(storage, settings, statistics), settings, address, statistics);
        } catch (RuntimeException | IOException e) {
            storage.close();
            throw e;
        }
    }

    private Channel bind(InetSocketAddress address) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channels.add(channel);
                        channel.pipeline()
                                .addLast(
                                        new MongoWireReplyEncoder(),
                                        new ReplyEncoder(),
                                        new ProtocolDecoder(),
                                        new RequestHandler(backend, new Authentication(password), executors));
                    }
                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen on port " + address.getPort(), bound.cause());
        }
        return bound.channel();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    public QueryStatistics statistics() {
        return statistics;
    }

    /** See {@link KeyValueStorage#checkpoint}. */
    public void checkpoint(Path folder, Runnable meanwhile) throws IOException {
        backend.checkpoint(folder, meanwhile);
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        channels.close().awaitUninterruptibly();
        closeThreads();
        backend.close();
    }

    private void closeThreads() {
        executors.close();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
