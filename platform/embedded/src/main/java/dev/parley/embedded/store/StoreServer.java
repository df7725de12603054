package dev.parley.embedded.store;

import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
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
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The store behind a port: opens the files, serves the protocol, and closes both in order. */
public final class StoreServer implements AutoCloseable {

    private static final int CLOSE_SECONDS = 10;

    private final StoreBackend backend;
    private final QueryStatistics statistics;
    private final MultiThreadIoEventLoopGroup loops;
    private final Workers workers = new Workers();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;

    private StoreServer(StoreBackend backend, QueryStatistics statistics, int port) throws IOException {
        this.backend = backend;
        this.statistics = statistics;
        this.loops = new MultiThreadIoEventLoopGroup(2, new WorkerThreads("store-io"), NioIoHandler.newFactory());
        try {
            this.listening = bind(port);
        } catch (RuntimeException | IOException e) {
            closeThreads();
            throw e;
        }
    }

    /**
     * Opens the store of a folder and serves it on the loopback interface.
     *
     * @param directory created if missing, continued if it holds a store
     * @param port 0 for any free one
     * @param cacheBytes the memory that blocks, indexes and write buffers share
     * @param syncEachWrite whether a write is on the disk, and not only with the operating system, when acknowledged
     * @param expirySweep the time between two searches for expired documents
     */
    public static StoreServer start(
            Path directory, int port, long cacheBytes, boolean syncEachWrite, Duration expirySweep) throws IOException {
        Storage storage = Storage.open(directory, cacheBytes, syncEachWrite);
        try {
            QueryStatistics statistics = new QueryStatistics();
            return new StoreServer(new StoreBackend(storage, statistics, expirySweep), statistics, port);
        } catch (RuntimeException | IOException e) {
            storage.close();
            throw e;
        }
    }

    private Channel bind(int port) throws IOException {
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
                                        new RequestHandler(backend, workers));
                    }
                });
        var bound = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen on port " + port, bound.cause());
        }
        return bound.channel();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    public QueryStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        channels.close().awaitUninterruptibly();
        closeThreads();
        backend.close();
    }

    private void closeThreads() {
        workers.close();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
