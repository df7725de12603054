package dev.parley.bench.media;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Sends a file or takes one, over a connection of its own (HTTP/1.1), with as little work as it can: the system sends the file,
 * and what comes is thrown away.
 */
final class Transfer {

    private static final int BUFFER = 256 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private Transfer() {}

    /** @return bytes of the body */
    static long download(String url) throws IOException {
        try (SocketChannel channel = connected(url)) {
            write(channel, head("GET", url, ""));
            return answer(channel);
        }
    }

    static void upload(String url, Path file, String contentType) throws IOException {
        try (SocketChannel channel = connected(url);
                FileChannel content = FileChannel.open(file)) {
            long size = content.size();
            write(channel, head("PUT", url, "Content-Type: " + contentType + "\r\nContent-Length: " + size + "\r\n"));
            for (long sent = 0; sent < size; ) {
                sent += content.transferTo(sent, size - sent, channel);
            }
            answer(channel);
        }
    }

    private static SocketChannel connected(String url) throws IOException {
        URI uri = URI.create(url);
        return SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }

    private static String head(String method, String url, String more) {
        URI uri = URI.create(url);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return method + " " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nConnection: close\r\n" + more + "\r\n";
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads up to the end of the connection. */
    private static long answer(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        String head = "";
        int end = -1;
        while (end < 0) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("The answer broke off: " + head);
            }
            head = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
            end = head.indexOf(END_OF_HEAD);
        }
        if (!head.startsWith("HTTP/1.1 2")) {
            throw new IOException(head);
        }
        long length = head.length() - end - END_OF_HEAD.length();
        while (true) {
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                return length;
            }
            length += read;
        }
    }
}
