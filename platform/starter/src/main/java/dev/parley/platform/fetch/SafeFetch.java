package dev.parley.platform.fetch;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.fetch.PublicEndpoints.EndpointRules;
import dev.parley.platform.metrics.OutcomeTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Fetches what stands at addresses that users name, without letting them reach what only the platform can reach (server-side request
 * forgery). The host is looked up once, every address that it has must be public, and the connection goes to the very address that was checked: a
 * name that leads elsewhere a moment later changes nothing. Each redirect is checked in the same way. Size, type, time and the number of
 * redirects are bounded. An address that cannot be checked is not fetched.
 */
public final class SafeFetch {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final FetchSettings settings;
    private final EndpointRules rules;
    private final HostLookup hosts;
    private final OutcomeTimer timer;
    private final Semaphore places;
    private final HttpClient http;

    SafeFetch(FetchSettings settings, MeterRegistry meters) {
        this(
                settings,
                InetAddress::getAllByName,
                address -> settings.allowPrivateAddresses() || PublicAddresses.contain(address),
                meters);
    }

    SafeFetch(FetchSettings settings, HostLookup hosts, Predicate<InetAddress> isAllowed, MeterRegistry meters) {
        this.settings = settings;
        this.rules = new EndpointRules(settings.allowHttp(), isAllowed);
        this.hosts = hosts;
        this.timer = new OutcomeTimer(meters, "parley.fetch", "Addresses that users named and that were fetched");
        this.places = new Semaphore(settings.maxConcurrent());
        this.http = HttpClient.newConnection()
                .headers(headers -> headers.set("User-Agent", "Parley"))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()));
    }

    /**
     * @return fails with {@link FetchError#NOT_ALLOWED}, {@link FetchError#NOT_FETCHED}, the errors of the limits, or
     *     {@link PlatformError#UNAVAILABLE} if too many fetch at once
     */
    public Mono<Fetched> get(String address, FetchLimits limits) {
        return timer.time(Mono.using(
                this::place,
                place -> Mono.defer(() -> follow(rules.read(address), limits, settings.maxRedirects()))
                        .timeout(settings.timeout())
                        .onErrorMap(
                                failure -> !(failure instanceof ApiException),
                                failure -> notFetched("It did not answer, or not in time")),
                Semaphore::release));
    }

    private Semaphore place() {
        if (!places.tryAcquire()) {
            throw ApiException.retryLater(PlatformError.UNAVAILABLE, "Too much is fetched now", RETRY_AFTER);
        }
        return places;
    }

    private Mono<Fetched> follow(FetchAddress address, FetchLimits limits, int redirectsLeft) {
        return Mono.fromCallable(() -> rules.checked(address, List.of(hosts.lookUp(address.host()))))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(found -> client(address, found)
                        .get()
                        .uri(address.pathAndQuery())
                        .response((response, content) -> answered(address, response, content, limits, redirectsLeft))
                        .next())
                // Only now, when the connection that led elsewhere is given up.
                .flatMap(next -> next);
    }

    private HttpClient client(FetchAddress address, InetSocketAddress found) {
        HttpClient client = http.remoteAddress(() -> found);
        return address.isSecure() ? client.secure() : client;
    }

    private Mono<Mono<Fetched>> answered(
            FetchAddress address,
            HttpClientResponse response,
            ByteBufFlux content,
            FetchLimits limits,
            int redirectsLeft) {
        int status = response.status().code();
        String location = response.responseHeaders().get(HttpHeaderNames.LOCATION);
        if (REDIRECTS.contains(status) && location != null) {
            return redirectsLeft == 0
                    ? Mono.error(notFetched("It leads on too often"))
                    : Mono.fromCallable(() -> follow(rules.redirected(address, location), limits, redirectsLeft - 1));
        }
        return status == OK
                ? read(response, content, limits).map(Mono::just)
                : Mono.error(notFetched("It gives nothing"));
    }

    private static Mono<Fetched> read(HttpClientResponse response, ByteBufFlux content, FetchLimits limits) {
        HttpHeaders headers = response.responseHeaders();
        String type = mimeType(headers.get(HttpHeaderNames.CONTENT_TYPE));
        if (!limits.types().contains(type)) {
            return Mono.error(ApiException.of(limits.otherType(), "The address gives something of another type"));
        }
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return Mono.error(notFetched("It compresses, and was not asked to"));
        }
        if (announcedSize(headers) > limits.maxSize()) {
            return Mono.error(tooLarge(limits));
        }
        return content.asByteArray()
                .collect(ByteArrayOutputStream::new, (all, bytes) -> {
                    if (all.size() + bytes.length > limits.maxSize()) {
                        throw tooLarge(limits);
                    }
                    all.writeBytes(bytes);
                })
                .map(all -> new Fetched(type, all.toByteArray()));
    }

    /** Bytes; 0 if it is not said. */
    private static long announcedSize(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH, "0");
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }

    private static String mimeType(@Nullable String contentType) {
        return contentType == null
                ? ""
                : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static ApiException tooLarge(FetchLimits limits) {
        return ApiException.of(
                limits.tooLarge(), "The address gives more than the " + limits.maxSize() + " bytes that are allowed");
    }

    private static ApiException notFetched(String why) {
        return ApiException.of(FetchError.NOT_FETCHED, "The address did not give what is needed. " + why);
    }
}
