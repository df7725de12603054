package dev.parley.standalone;

import dev.parley.platform.test.Until;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A device that writes and keeps packets as text: a client library would read JSON into numbers of its own. */
final class RawSocket implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LONGEST_SECONDS = 10;
    private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");
    private static final Pattern OFFSET = Pattern.compile(",\"([^\"]+)\"]$");

    private final List<String> packets = new CopyOnWriteArrayList<>();
    private final AtomicInteger acks = new AtomicInteger();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private RawSocket(String baseUrl) {
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create(baseUrl.replaceFirst("^http", "ws") + "/socket.io/?EIO=4&transport=websocket"),
                        new Listener())
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Connects, and returns when it was told what it missed. */
    static RawSocket connect(ChatUser user) {
        return connect(user, "");
    }

    /** The same, as a device that comes back. */
    static RawSocket comeBack(ChatUser user, RawSocket before) {
        return connect(user, ",\"pid\":\"%s\",\"offset\":\"%s\"".formatted(before.pid(), before.offset()));
    }

    private static RawSocket connect(ChatUser user, String more) {
        RawSocket socket = new RawSocket(user.baseUrl());
        socket.write("40/chat,{\"token\":\"" + user.accessToken() + "\"" + more + "}");
        socket.await(packet -> packet.contains("[\"online_users\""));
        return socket;
    }

    private String pid() {
        return found(PID, await(packet -> packet.startsWith("40/chat,")));
    }

    private String offset() {
        return packets.stream()
                .filter(packet -> packet.startsWith("42/chat,"))
                .map(packet -> OFFSET.matcher(packet))
                .filter(Matcher::find)
                .reduce((first, last) -> last)
                .map(last -> last.group(1))
                .orElseThrow();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** Emits an event, and gives the packet that acknowledges it. */
    String ask(String event, String argument) {
        String id = Integer.toString(acks.getAndIncrement());
        write("42/chat," + id + "[\"" + event + "\"," + argument + "]");
        return await(packet -> packet.startsWith("43/chat," + id + "["));
    }

    /** Waits for a packet, and gives the first. */
    String await(Predicate<String> wanted) {
        Until.satisfied(() -> {
            if (first(wanted) == null && !closed.isDone()) {
                throw new AssertionError("Not among " + packets.size() + " packets");
            }
        });
        String packet = first(wanted);
        if (packet == null) {
            throw new AssertionError("The connection was closed");
        }
        return packet;
    }

    private @Nullable String first(Predicate<String> wanted) {
        return packets.stream().filter(wanted).findFirst().orElse(null);
    }

    private synchronized void write(String packet) {
        socket.sendText(packet, true)
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Goes without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String packet = text.toString();
                text.setLength(0);
                if (packet.equals("2")) {
                    from.sendText("3", true);
                } else {
                    packets.add(packet);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(null);
        }
    }
}
