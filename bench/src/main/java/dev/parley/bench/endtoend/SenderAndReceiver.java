package dev.parley.bench.endtoend;

import dev.parley.bench.client.ChatClient;
import dev.parley.bench.client.SocketClient;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Two users in one conversation, each with a socket. One sends messages, the other one receives them. */
final class SenderAndReceiver implements RoundTrip, AutoCloseable {

    private static final int TEXT_BYTES = 300;

    private final String event;
    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final SocketClient sender;
    private final SocketClient receiver;

    /** Registers the users and connects them. @param gateway as {@code host:port} */
    SenderAndReceiver(EventLoopGroup loops, String gateway) {
        ChatClient from = ChatClient.register("http://" + gateway);
        ChatClient to = ChatClient.register("http://" + gateway);
        String conversation = from.group(List.of(to.id()));
        this.event = "[\"send_message\",{\"conversationId\":\"" + conversation + "\",\"text\":\""
                + "x".repeat(TEXT_BYTES) + "\"}]";
        this.receiver = connect(loops, gateway, to, true);
        this.sender = connect(loops, gateway, from, false);
    }

    private SocketClient connect(EventLoopGroup loops, String gateway, ChatClient user, boolean receives) {
        return SocketClient.connect(
                        loops, "ws://" + gateway, "/chat", "{\"token\":\"" + user.token() + "\"}", received -> {
                            if (receives
                                    && received.toString(StandardCharsets.US_ASCII)
                                            .contains("[\"new_message\"")) {
                                arrivals.add(System.nanoTime());
                            }
                        })
                .join();
    }

    @Override
    public void send() {
        sender.emit(event);
    }

    @Override
    public BlockingQueue<Long> arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
