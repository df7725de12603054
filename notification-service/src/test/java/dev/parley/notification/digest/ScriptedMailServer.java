package dev.parley.notification.digest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Answers as it is told to at one step of SMTP (RFC 5321), and as a server that is content at the others. */
final class ScriptedMailServer implements AutoCloseable {

    static final String SILENT = "silent";
    static final String HANGS_UP = "hangs up";

    private static final Map<String, String> CONTENT = Map.of(
            "GREETING", "220 test",
            "EHLO", "250-test\r\n250 AUTH PLAIN",
            "AUTH", "235 welcome",
            "MAIL", "250 yes",
            "RCPT", "250 yes",
            "DATA", "354 go on",
            "END", "250 taken",
            "QUIT", "221 goodbye");

    private final Map<String, String> script;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** @param script by command; {@code GREETING} and {@code END} (of an e-mail) are steps, too */
    ScriptedMailServer(Map<String, String> script) throws IOException {
        this.script = script;
        start("scripted-mail", this::accept);
    }

    JavaMailSenderImpl sender(Duration timeout) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getLocalPort());
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", Long.toString(timeout.toMillis()));
        return sender;
    }

    /** The commands of all connections. */
    List<String> heard() {
        return heard;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                start("scripted-mail-client", () -> talk(client));
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }

    private void talk(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean goesOn = answers(client, in, "GREETING");
            while (goesOn) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                heard.add(line);
                String command = line.split(" ")[0].toUpperCase(Locale.ROOT);
                goesOn = answers(client, in, command);
                if (goesOn && command.equals("DATA") && !script.containsKey("DATA")) {
                    while (!".".equals(in.readLine())) {}
                    goesOn = answers(client, in, "END");
                }
            }
        } catch (IOException gone) {
            // The client hung up.
        }
    }

    private boolean answers(Socket client, BufferedReader in, String step) throws IOException {
        String answer = script.getOrDefault(step, CONTENT.getOrDefault(step, "500 what"));
        if (answer.equals(SILENT)) {
            while (in.read() >= 0) {}
        }
        if (answer.equals(SILENT) || answer.equals(HANGS_UP)) {
            return false;
        }
        OutputStream out = client.getOutputStream();
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return true;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
