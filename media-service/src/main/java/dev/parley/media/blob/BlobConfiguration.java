package dev.parley.media.blob;

import dev.parley.platform.encryption.EncryptionSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Chooses the store that the settings name. */
@Configuration(proxyBeanMethods = false)
class BlobConfiguration {

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

    @Bean
    UnfinishedWrites unfinishedWrites(@Qualifier("storedBlobs") BlobStore store, StorageSettings settings) {
        return new UnfinishedWrites(store, settings.unfinishedAge());
    }
}
