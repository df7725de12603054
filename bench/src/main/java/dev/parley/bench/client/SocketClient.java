package dev.parley.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A small Socket.IO client, of which thousands fit into one process. It joins one namespace, answers pings, and passes on
 * events as the bytes that came.
 */
public final class SocketClient {

    private static final int MAX_FRAME = 1 << 20;
    private static final int MAX_HEAD = 8192;

    private final String namespace;
    private final String auth;
    private final Consumer<ByteBuf> onEvent;
    private final CompletableFuture<SocketClient> joined = new CompletableFuture<>();
    private Channel channel;

    private SocketClient(Channel unconnected, String namespace, String auth, Consumer<ByteBuf> onEvent) {
        this.channel = unconnected;
        this.namespace = namespace;
        this.auth = auth;
        this.onEvent = onEvent;
    }

    /**
     * Connects over WebSocket.
     *
     * @param server such as {@code ws://localhost:8080}
     * @param namespace empty for the default one; otherwise with its slash
     * @param auth the payload of the CONNECT packet, in JSON
     * @param onEvent is called in the event loop with each event, whose bytes it may read during the call
     */
    public static CompletableFuture<SocketClient> connect(
            EventLoopGroup loops, String server, String namespace, String auth, Consumer<ByteBuf> onEvent) {
        URI uri = URI.create(server + "/socket.io/?EIO=4&transport=websocket");
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .maxFramePayloadLength(MAX_FRAME)
                .build();
        CompletableFuture<SocketClient> result = new CompletableFuture<>();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SocketClient client = new SocketClient(channel, namespace, auth, onEvent);
                        client.joined.whenComplete((self, failure) -> {
                            if (failure == null) {
                                result.complete(self);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        });
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(MAX_HEAD),
                                        new WebSocketClientProtocolHandler(config),
                                        client.new Reader());
                    }
                })
                .connect(uri.getHost(), uri.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        result.completeExceptionally(connected.cause());
                    }
                });
        return result;
    }

    /** Emits an event. @param event its name and arguments, a JSON array */
    public void emit(String event) {
        send("42" + prefix() + event);
    }

    /** Reads nothing from now on, so that events pile up in the kernel and then in the server. */
    public void stopReading() {
        channel.config().setAutoRead(false);
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    public void close() {
        channel.close();
    }

    private String prefix() {
        return namespace.isEmpty() ? "" : namespace + ",";
    }

    private void send(String packet) {
        channel.writeAndFlush(new TextWebSocketFrame(packet));
    }

    private final class Reader extends SimpleChannelInboundHandler<WebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            ByteBuf packet = frame.content();
            byte type = packet.getByte(0);
            if (type == '0') {
                send("40" + prefix() + auth);
            } else if (type == '2') {
                send("3");
            } else if (type == '4' && packet.getByte(1) == '2') {
                onEvent.accept(packet);
            } else if (type == '4' && packet.getByte(1) == '0') {
                joined.complete(SocketClient.this);
            } else if (type == '4' && packet.getByte(1) == '4') {
                joined.completeExceptionally(new IllegalStateException(packet.toString(StandardCharsets.UTF_8)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            joined.completeExceptionally(failure);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            joined.completeExceptionally(new IllegalStateException("The connection was closed"));
        }
    }
}
