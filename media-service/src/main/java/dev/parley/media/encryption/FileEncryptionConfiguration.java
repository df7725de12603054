package dev.parley.media.encryption;

import dev.parley.media.blob.BlobStore;
import dev.parley.platform.encryption.EncryptionSettings;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Puts the encryption between the store and everybody who uses it. */
@Configuration(proxyBeanMethods = false)
class FileEncryptionConfiguration {

    @Bean
    @Primary
    BlobStore encryptedBlobStore(
            @Qualifier("storedBlobs") BlobStore store, FileKeys keys, EncryptionSettings settings) {
        return new EncryptedBlobStore(store, keys, settings.seals());
    }
}
