package dev.parley.presence.engineio;

/** Why a request is refused, with the codes and texts that the protocol's clients know. */
enum RequestError {
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    UNKNOWN_SESSION(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    UNSUPPORTED_VERSION(5, "Unsupported protocol version");

    private final int code;
    private final String message;

    RequestError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    String toJson() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    RefusedRequest asException() {
        return new RefusedRequest(this);
    }

    /** Carries a refusal to the code that answers it. */
    static final class RefusedRequest extends RuntimeException {

        private final transient RequestError error;

        private RefusedRequest(RequestError error) {
            super(error.message, null, false, false);
            this.error = error;
        }

        RequestError error() {
            return error;
        }
    }
}
