package dev.parley.standalone.backup;

import dev.parley.platform.boot.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Has the process that runs on a data folder make a backup. */
public final class BackupRequest {

    static final String PROGRESS = "- ";
    static final String DONE = "done";
    static final String FAILED = "failed ";

    private BackupRequest() {}

    /**
     * Returns when the backup is made.
     *
     * @param control the file in which that process says where it listens
     * @throws StartupException if there is no backup, and why
     */
    public static void send(Path control, Path target, Consumer<String> progress) {
        try {
            String[] address = Files.readString(control).split(" ", 2);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address[0]))) {
                PrintWriter out =
                        new PrintWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);
                out.println(address[1]);
                out.println(target.toAbsolutePath().normalize());
                follow(socket, progress);
            }
        } catch (NoSuchFileException | ConnectException notRunning) {
            throw new StartupException("Parley does not run on " + control.getParent()
                    + ": a backup is made while it runs. While it does not, copy the folder as it is");
        } catch (IOException broken) {
            throw new StartupException("There is no backup: " + broken);
        }
    }

    private static void follow(Socket socket, Consumer<String> progress) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(DONE)) {
                return;
            }
            if (line.startsWith(FAILED)) {
                throw new StartupException(line.substring(FAILED.length()));
            }
            progress.accept(line.substring(PROGRESS.length()));
        }
        throw new StartupException("There is no backup: Parley has ended meanwhile");
    }
}
