package dev.parley.standalone.backup;

import dev.parley.platform.boot.StartupException;
import dev.parley.standalone.backing.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to make a backup from another process of the same user: on the loopback interface, from whoever can read the file in the data
 * folder that names the port and a password. One backup at a time; the next one waits.
 */
public final class BackupServer implements AutoCloseable {

    private static final int PASSWORD_BITS = 256;
    private static final int READ_MILLIS = 5_000;

    private final ServerSocket socket;
    private final DataFolder data;
    private final Backup backup;
    private final String password;

    private BackupServer(ServerSocket socket, DataFolder data, Backup backup, String password) {
        this.socket = socket;
        this.data = data;
        this.backup = backup;
        this.password = password;
    }

    public static BackupServer start(DataFolder data, Backup backup) throws IOException {
        String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(36);
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        data.writeControl(socket.getLocalPort() + " " + password);
        BackupServer server = new BackupServer(socket, data, backup, password);
        Thread thread = new Thread(server::serve, "backup");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(READ_MILLIS);
                answer(client);
            } catch (IOException gone) {
                // The client has gone, or this server was closed.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out =
                new PrintWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8), true);
        if (!isPassword(in.readLine())) {
            return;
        }
        String target = in.readLine();
        if (target == null) {
            return;
        }
        try {
            backup.make(Path.of(target), line -> out.println(BackupRequest.PROGRESS + line));
            out.println(BackupRequest.DONE);
        } catch (StartupException refusal) {
            out.println(BackupRequest.FAILED + refusal.getMessage());
        } catch (IOException | RuntimeException failure) {
            out.println(BackupRequest.FAILED + "The backup was not made: " + failure);
        }
    }

    private boolean isPassword(@Nullable String line) {
        return line != null
                && MessageDigest.isEqual(
                        line.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        data.removeControl();
        socket.close();
    }
}
