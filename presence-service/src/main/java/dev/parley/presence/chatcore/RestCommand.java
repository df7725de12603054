package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.socketio.Ack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * A command that another service runs on behalf of the client, by the same rules as over REST. Acknowledged when it is
 * done.
 */
final class RestCommand implements Command {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** An id that nothing has: real ids are much longer. */
    private static final String NO_TARGET = "-";

    private static final String EMOJI = "emoji";

    /** What the service behind takes as one part of a path, however it is encoded. */
    private static final Pattern PATH_SEGMENT = Pattern.compile("(?!\\.+$)[^\\p{Cc}\\u2028\\u2029/\\\\;%]+");

    private final WebClient service;
    private final HttpMethod method;
    private final String path;
    private final boolean withBody;

    private RestCommand(WebClient service, HttpMethod method, String path, boolean withBody) {
        this.service = service;
        this.method = method;
        this.path = path;
        this.withBody = withBody;
    }

    /**
     * @param path its variables are required fields of the event's argument; the first one identifies what the request is
     *     about
     */
    static RestCommand of(WebClient service, HttpMethod method, String path) {
        return new RestCommand(service, method, path, false);
    }

    /** Sends the event's argument as the request's body. */
    RestCommand withBody() {
        return new RestCommand(service, method, path, true);
    }

    @Override
    public Mono<Ack> run(CommandSender client, JsonNode argument) {
        return result(client, argument).map(RestCommand::changed);
    }

    /** The answer of the service; a missing node if it is empty. Fails as the service does. */
    Mono<JsonNode> result(CommandSender client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        Map<String, String> variables = variables(fields);
        Mono<Caller> callers = client.user().freshCaller();
        if (!fields.errors().isEmpty()) {
            return callers.flatMap(caller -> refused(caller, variables, argument, fields.errors()));
        }
        return callers.flatMap(caller -> call(caller, variables, argument)).defaultIfEmpty(argument.path(""));
    }

    private Map<String, String> variables(Fields fields) {
        Map<String, String> variables = new LinkedHashMap<>();
        VARIABLE.matcher(path)
                .results()
                .map(found -> found.group(1))
                .forEach(name -> variables.put(
                        name,
                        name.equals(EMOJI)
                                ? fields.text(name, 1, SubjectId.MAX_LENGTH, PATH_SEGMENT, "is no emoji")
                                : SubjectId.in(fields, name)));
        return variables;
    }

    private Mono<JsonNode> call(Caller caller, Map<String, String> variables, JsonNode argument) {
        RequestBodySpec request =
                service.method(method).uri(path, variables).headers(ServiceClients.as(caller.token()));
        return (withBody ? request.bodyValue(argument) : request).retrieve().bodyToMono(JsonNode.class);
    }

    /**
     * Fails with all fields that are wrong. The service knows the rules of the other fields, and checks them before it
     * looks for what the request is about. So if that is not given, the service is called with {@link #NO_TARGET}, on which
     * it cannot do anything.
     */
    private Mono<JsonNode> refused(
            Caller caller, Map<String, String> variables, JsonNode argument, List<FieldError> errors) {
        Set<String> wrong = errors.stream().map(FieldError::field).collect(Collectors.toSet());
        boolean hasTarget = !wrong.contains(variables.keySet().iterator().next());
        if (hasTarget || !withBody && wrong.size() == variables.size()) {
            return Mono.error(ApiException.invalid(errors));
        }
        Map<String, String> stated = new LinkedHashMap<>(variables);
        wrong.forEach(name -> stated.put(name, NO_TARGET));
        return call(caller, stated, argument)
                .then(Mono.<ApiException>empty())
                .onErrorResume(failure -> Mono.just(ErrorTranslation.translate(failure)))
                .flatMapIterable(ApiException::errors)
                .filter(other -> !wrong.contains(other.field()))
                .collectList()
                .flatMap(others -> Mono.error(ApiException.invalid(
                        Stream.concat(errors.stream(), others.stream()).toList())));
    }

    private static Ack changed(JsonNode result) {
        return result.isMissingNode() ? Acks.success() : Acks.success(Map.of("message", result));
    }
}
