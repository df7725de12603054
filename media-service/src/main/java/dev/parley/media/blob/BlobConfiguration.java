package dev.parley.media.blob;

import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Chooses the store that the settings name. */
@Configuration(proxyBeanMethods = false)
class BlobConfiguration {

    private static final Duration UNFINISHED_INTERVAL = Duration.ofHours(1);

    /** Closed with the service. */
    @Bean
    @ConditionalOnProperty(name = "parley.media.storage.type", havingValue = "s3")
    S3AsyncClient s3Client(S3Settings settings) {
        return S3Clients.of(settings);
    }

    @Bean
    BlobStore storedBlobs(StorageSettings settings, S3Settings ofS3, ObjectProvider<S3AsyncClient> s3) {
        return switch (settings.type()) {
            case FOLDER -> new FolderBlobStore(settings.folder());
            case S3 ->
                new S3BlobStore(s3.getObject(), ofS3.requiredBucket(), (int)
                        ofS3.partSize().toBytes());
        };
    }

    /** What is to be encrypted passes this service, which has the keys. */
    @Bean
    ClientUploads clientUploads(StorageSettings settings, S3Settings ofS3, EncryptionSettings encryption) {
        boolean possible = settings.type() == StorageSettings.Type.S3
                && !ofS3.publicEndpoint().isEmpty()
                && !encryption.seals();
        return new ClientUploads(possible ? S3Clients.presigner(ofS3) : null, ofS3.bucket());
    }

    /** What writes left whose process was killed. */
    @Bean
    RecurringJob removalOfUnfinishedWrites(
            RecurringJobs jobs, @Qualifier("storedBlobs") BlobStore store, StorageSettings settings) {
        return jobs.once(
                "removal of unfinished writes",
                UNFINISHED_INTERVAL,
                Mono.defer(() -> store.removeUnfinished(Instant.now().minus(settings.unfinishedAge()))));
    }
}
