package dev.parley.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the platform says of a presence node that is ready. */
public record RunningNode(int number, long process, String address) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** All that were ever ready, those that died too, in the order in which they were. */
    public static List<RunningNode> announcedBy(PlatformProcess platform) throws IOException {
        Matcher said = Pattern.compile("presence node (\\d+): process (\\d+), (http://\\S+)")
                .matcher(platform.output());
        return said.results()
                .map(line ->
                        new RunningNode(Integer.parseInt(line.group(1)), Long.parseLong(line.group(2)), line.group(3)))
                .toList();
    }

    static RunningNode of(List<RunningNode> nodes, int number) {
        return nodes.stream()
                .filter(node -> node.number() == number)
                .findFirst()
                .orElseThrow();
    }

    public boolean runs() {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
    }

    /** How many sockets it holds, as it says itself. */
    int sockets() throws IOException, InterruptedException {
        return (int) metric("parley_sockets_open");
    }

    /**
     * What it counts, as it says itself.
     *
     * @param tags what stands between the braces has this in it
     * @return the sum; 0 if it has not counted any
     */
    public double metric(String name, String... tags) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create(address + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String all = CLIENT.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        return Pattern.compile("(?m)^" + name + "(\\{.*})? (\\S+)$")
                .matcher(all)
                .results()
                .filter(line -> List.of(tags).stream()
                        .allMatch(tag -> line.group(1) != null && line.group(1).contains(tag)))
                .mapToDouble(line -> Double.parseDouble(line.group(2)))
                .sum();
    }
}
