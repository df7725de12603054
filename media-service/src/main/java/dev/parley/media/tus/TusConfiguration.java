package dev.parley.media.tus;

import dev.parley.media.file.FileSettings;
import dev.parley.platform.settings.SettingsCheck;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class TusConfiguration {

    /** The document of a file is made when its upload is created: it must not be deleted before the upload ends. */
    TusConfiguration(TusSettings settings, FileSettings ofFiles) {
        SettingsCheck.of("parley.media.tus")
                .require(
                        settings.lifetime().compareTo(ofFiles.unattachedLifetime()) < 0,
                        "lifetime",
                        "must be less than parley.media.unattached-lifetime");
    }

    @Bean
    Indexes resumableUploadIndexes() {
        return Indexes.of(
                ResumableUploadStore.COLLECTION,
                new Index(ResumableUploadStore.EXPIRES_AT, Direction.ASC).named("expiry"));
    }
}
