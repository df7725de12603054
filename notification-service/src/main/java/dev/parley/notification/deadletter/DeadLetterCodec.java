package dev.parley.notification.deadletter;

import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the records of the dead-letter topic: JSON. */
@Component
public final class DeadLetterCodec {

    private final JsonMapper json;

    public DeadLetterCodec(JsonMapper json) {
        this.json = json;
    }

    public String write(DeadPush push) {
        return json.writeValueAsString(push);
    }

    public DeadPush read(byte[] letter) {
        return json.readValue(new String(letter, StandardCharsets.UTF_8), DeadPush.class);
    }
}
