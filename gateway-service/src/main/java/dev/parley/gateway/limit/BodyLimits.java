package dev.parley.gateway.limit;

import dev.parley.platform.registry.ServiceEntry;
import dev.parley.platform.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Knows which requests carry files, and how large a body may be and how long it may take. */
@Component
public final class BodyLimits {

    /**
     * What holds for one body.
     *
     * @param maxBytes how large it may be
     * @param time from the head of the request to the end of the body; of a file, between two parts of it
     * @param isFile whether it is a file
     */
    public record BodyLimit(long maxBytes, Duration time, boolean isFile) {}

    private final List<PathPattern> filePaths;
    private final List<PathPattern> jsonFilePaths;
    private final BodyLimit ofFiles;
    private final BodyLimit ofOthers;

    BodyLimits(ServiceRegistry registry, LimitSettings settings) {
        this.filePaths = patterns(registry, ServiceEntry::filePaths);
        this.jsonFilePaths = patterns(registry, ServiceEntry::jsonFilePaths);
        this.ofFiles = new BodyLimit(settings.upload().toBytes(), settings.transferIdle(), true);
        this.ofOthers = new BodyLimit(settings.body().toBytes(), settings.bodyTime(), false);
    }

    private static List<PathPattern> patterns(ServiceRegistry registry, Function<ServiceEntry, List<String>> paths) {
        return registry.registry().values().stream()
                .flatMap(entry -> paths.apply(entry).stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    /** Whether files are taken or given under this path, which has no prefix any more. */
    public boolean isOfFiles(PathContainer path) {
        return matches(filePaths, path);
    }

    /** What holds for the body of a request. JSON is a file on few paths only: a service has to hold the whole of it. */
    public BodyLimit of(PathContainer path, @Nullable MediaType type) {
        boolean isJson = MediaType.APPLICATION_JSON.isCompatibleWith(type);
        return matches(isJson ? jsonFilePaths : filePaths, path) ? ofFiles : ofOthers;
    }

    private static boolean matches(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    public BodyLimit of(ServerHttpRequest request) {
        return of(
                request.getPath().pathWithinApplication(), request.getHeaders().getContentType());
    }
}
