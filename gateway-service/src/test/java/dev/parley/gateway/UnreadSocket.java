package dev.parley.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket of a client that never reads. */
final class UnreadSocket implements AutoCloseable {

    /** Bytes that the operating system may keep for it. */
    private static final int RECEIVE_BUFFER = 4096;

    private final Socket connection = new Socket();

    static UnreadSocket open(URI gateway, String path) throws IOException {
        UnreadSocket socket = new UnreadSocket();
        socket.connection.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connection.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        socket.connection
                .getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + gateway.getAuthority()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
