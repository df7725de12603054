package dev.parley.media.blob;

import java.net.URI;
import java.util.UUID;
import org.gaul.s3proxy.junit.S3ProxyJunitCore;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** An object store on a folder, in this process, which the tests share. It checks signatures. */
public final class S3Server {

    public static final String ACCESS_KEY = "the-tests";
    public static final String SECRET_KEY = "the-secret-of-the-tests";

    private static final S3ProxyJunitCore SERVER = start();

    private S3Server() {}

    private static S3ProxyJunitCore start() {
        S3ProxyJunitCore server = new S3ProxyJunitCore.Builder()
                .withCredentials(ACCESS_KEY, SECRET_KEY)
                .build();
        try {
            server.beforeEach();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return server;
    }

    public static URI address() {
        return SERVER.getUri();
    }

    /** Makes a bucket, and gives its name. */
    public static String newBucket(S3AsyncClient client) {
        String name = "b-" + UUID.randomUUID();
        client.createBucket(request -> request.bucket(name)).join();
        return name;
    }
}
