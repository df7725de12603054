package dev.parley.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A client that sends what bytes it likes, from a loopback address that it chooses, and leaves when it likes. */
final class RawClient implements AutoCloseable {

    /** @param headers by their names in lower case */
    record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            return GatewayTest.JSON.readTree(body);
        }
    }

    private final Socket connection = new Socket();

    static RawClient connect(ConfigurableApplicationContext gateway, String from) throws IOException {
        RawClient client = new RawClient();
        URI address = GatewayTest.at(gateway, "http", "/");
        client.connection.bind(new InetSocketAddress(from, 0));
        client.connection.setSoTimeout((int) GatewayTest.TIMEOUT.toMillis());
        client.connection.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        return client;
    }

    /** The head of a request. @param headers as lines */
    static String head(String method, String path, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: chat.example.com\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    RawClient send(String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Of a body, what is as long as announced; none if it comes in chunks. */
    Answer answer() throws IOException {
        return answer(Integer.MAX_VALUE);
    }

    /** @param most how much of the body is read at most */
    Answer answer(int most) throws IOException {
        InputStream in = connection.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Closed after: " + head);
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int length = (int) Math.min(most, Long.parseLong(headers.getOrDefault("content-length", "0")));
        return new Answer(
                Integer.parseInt(lines[0].split(" ")[1]),
                headers,
                new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Waits for the gateway to close the connection; false if it does not. */
    boolean isClosed() throws IOException {
        try {
            InputStream in = connection.getInputStream();
            while (in.read() >= 0) {
                // whatever comes before
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Leaves without a good-bye. */
    void reset() throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
