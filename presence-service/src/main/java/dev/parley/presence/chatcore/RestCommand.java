package dev.parley.presence.chatcore;

import dev.parley.platform.json.Fields;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What another service does in the client's name, by the same rules as over REST. Acked when it has been done. */
final class RestCommand implements Command {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final WebClient service;
    private final HttpMethod method;
    private final String path;
    private final boolean withBody;
    private final BiFunction<Socket, Outcome, Ack> answer;

    /** @param result what the service answered; a missing node if nothing */
    record Outcome(JsonNode argument, JsonNode result) {}

    private RestCommand(
            WebClient service,
            HttpMethod method,
            String path,
            boolean withBody,
            BiFunction<Socket, Outcome, Ack> answer) {
        this.service = service;
        this.method = method;
        this.path = path;
        this.withBody = withBody;
        this.answer = answer;
    }

    /** @param path its variables are required fields of the event's argument */
    static RestCommand of(WebClient service, HttpMethod method, String path) {
        return new RestCommand(service, method, path, false, (socket, outcome) -> changed(outcome));
    }

    /** With the event's argument as the request's body. */
    RestCommand withBody() {
        return new RestCommand(service, method, path, true, answer);
    }

    RestCommand answering(BiFunction<Socket, Outcome, Ack> otherAnswer) {
        return new RestCommand(service, method, path, withBody, otherAnswer);
    }

    @Override
    public Mono<Ack> run(Socket socket, JsonNode argument) {
        Map<String, String> variables = variables(argument);
        return socket.principal(ConnectedUser.class)
                .acting()
                .flatMap(caller -> {
                    RequestBodySpec request =
                            service.method(method).uri(path, variables).headers(ServiceClients.as(caller.token()));
                    return (withBody ? request.bodyValue(argument) : request)
                            .retrieve()
                            .bodyToMono(JsonNode.class);
                })
                .defaultIfEmpty(argument.path(""))
                .map(result -> answer.apply(socket, new Outcome(argument, result)));
    }

    private Map<String, String> variables(JsonNode argument) {
        Fields fields = Fields.of(argument);
        Map<String, String> variables = new LinkedHashMap<>();
        VARIABLE.matcher(path)
                .results()
                .map(found -> found.group(1))
                .forEach(name -> variables.put(name, fields.text(name, 1, RoomCommands.MAX_ID)));
        fields.verify();
        return variables;
    }

    private static Ack changed(Outcome outcome) {
        return outcome.result().isMissingNode() ? Acks.success() : Acks.success(Map.of("message", outcome.result()));
    }
}
