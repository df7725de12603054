package dev.parley.bench.endtoend;

import dev.parley.bench.client.ChatClient;
import dev.parley.bench.client.SocketClient;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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

    /** Sends one message and waits until the other one has it. */
    @Override
    public long nanos() throws InterruptedException {
        long start = System.nanoTime();
        sender.emit(event);
        Long arrived = arrivals.poll(MAX_SECONDS, TimeUnit.SECONDS);
        if (arrived == null) {
            throw new IllegalStateException("A message did not arrive within " + MAX_SECONDS + " seconds");
        }
        return arrived - start;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
