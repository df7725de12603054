package dev.parley.embedded.store.settings;

import java.util.regex.Pattern;

/**
 * What a client must know to be let in. Both are letters, digits, {@code -} and {@code _}, so that they stand in an address
 * and in a configuration as they are.
 */
public record Credentials(String user, String password) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    public Credentials {
        if (!PLAIN.matcher(user).matches() || !PLAIN.matcher(password).matches()) {
            throw new IllegalArgumentException("User and password have letters, digits, - and _ only");
        }
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***]";
    }
}
