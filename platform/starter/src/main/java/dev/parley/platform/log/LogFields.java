package dev.parley.platform.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Fields of what is logged until they are closed, in this thread: a structured log has them beside the message, so that all that belongs to
 * a request, or to a tenant, can be found. Never a content.
 */
public final class LogFields implements AutoCloseable {

    /** Also the attribute of a request in which its tenant is kept once its token is verified. */
    public static final String TENANT = "tenantId";

    private static final String TRACE = "traceId";

    private final Map<String, @Nullable String> before = new HashMap<>();

    private LogFields() {}

    public static LogFields ofTrace(String traceId) {
        return new LogFields().with(TRACE, traceId);
    }

    /** @param tenantId null if it is not known */
    public static LogFields ofTenant(@Nullable String tenantId) {
        return tenantId == null ? new LogFields() : new LogFields().with(TENANT, tenantId);
    }

    private LogFields with(String key, String value) {
        before.put(key, MDC.get(key));
        MDC.put(key, value);
        return this;
    }

    @Override
    public void close() {
        before.forEach((key, value) -> {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        });
    }
}
