package dev.parley.auth.credential;

/** What is stored of a password. */
record PasswordHash(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
