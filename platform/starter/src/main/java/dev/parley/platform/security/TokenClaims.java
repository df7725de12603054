package dev.parley.platform.security;

/** The names of a platform token's claims beyond the registered ones of RFC 7519; standard names of OpenID Connect where there is one. */
public final class TokenClaims {

    public static final String TENANT = "tid";
    public static final String SESSION = "sid";
    public static final String USERNAME = "preferred_username";
    public static final String NAME = "name";
    public static final String PICTURE = "picture";
    public static final String PICTURE_FILE = "picture_file";

    private TokenClaims() {}
}
