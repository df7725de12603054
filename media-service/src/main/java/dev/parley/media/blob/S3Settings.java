package dev.parley.media.blob;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * An object store that speaks S3.
 *
 * @param bucket must be there already
 * @param region as requests are signed for
 * @param endpoint the address of a store that is not Amazon's; empty for Amazon's of the region
 * @param publicEndpoint the address at which clients reach the store, to upload to it by themselves; empty: they upload to this
 *     service
 * @param pathStyle whether the bucket stands in the path of an address; else it is a part of the host's name
 * @param accessKey empty to find the credentials as Amazon's SDK does: in the environment, in its files, from the machine
 * @param secretKey belongs to the access key
 * @param partSize what is larger is sent in parts of this size. Each upload under way has two parts in memory
 * @param maxConnections requests to the store at once
 * @param connectTimeout how long a connection may take to be there
 * @param idleTimeout how long nothing may come or go within a request
 */
@ConfigurationProperties("parley.media.storage.s3")
public record S3Settings(
        @DefaultValue("") String bucket,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String endpoint,
        @DefaultValue("") String publicEndpoint,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey,
        @DefaultValue("5MB") DataSize partSize,
        @DefaultValue("100") int maxConnections,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration idleTimeout) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

    /** S3 takes no smaller parts, but for the last. */
    private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

    private static final DataSize LARGEST_PART = DataSize.ofMegabytes(512);

    public S3Settings {
        SettingsCheck.of("parley.media.storage.s3")
                .require(bucket.isEmpty() || NAME.matcher(bucket).matches(), "bucket", "must be the name of a bucket")
                .require(NAME.matcher(region).matches(), "region", "must be the name of a region")
                .require(endpoint.isEmpty() || endpoint.matches("https?://.+"), "endpoint", "must be an address")
                .require(
                        publicEndpoint.isEmpty() || publicEndpoint.matches("https?://.+"),
                        "public-endpoint",
                        "must be an address")
                .require(accessKey.isEmpty() || !secretKey.isEmpty(), "access-key", "must come with secret-key")
                .require(secretKey.isEmpty() || !accessKey.isEmpty(), "secret-key", "must come with access-key")
                .require(
                        partSize.compareTo(SMALLEST_PART) >= 0 && partSize.compareTo(LARGEST_PART) <= 0,
                        "part-size",
                        "must be from 5MB to 512MB")
                .positive("max-connections", maxConnections)
                .atLeastAMillisecond("connect-timeout", connectTimeout)
                .atLeastAMillisecond("idle-timeout", idleTimeout);
    }

    /** @throws IllegalArgumentException if there is none */
    String requiredBucket() {
        SettingsCheck.of("parley.media.storage.s3").given("bucket", bucket);
        return bucket;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "S3Settings[bucket=" + bucket + ", region=" + region + ", endpoint=" + endpoint + " ***]";
    }
}
