package dev.parley.platform.store;

import com.mongodb.connection.TransportSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of the store's driver. Its own, because those of the web server stop earlier: some of what a service knows is
 * stored when it stops.
 */
final class StoreEventLoops implements DisposableBean {

    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final LoopResources loops = LoopResources.create("store", LoopResources.DEFAULT_IO_WORKER_COUNT, true);

    TransportSettings transport() {
        EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
        return TransportSettings.nettyBuilder()
                .socketChannelClass(loops.onChannelClass(SocketChannel.class, group))
                .eventLoopGroup(group)
                .build();
    }

    /** Without a quiet time: when the driver is closed, nothing is under way. */
    @Override
    public void destroy() {
        loops.disposeLater(Duration.ZERO, LONGEST_END).block();
    }
}
