package dev.parley.platform.file;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Addresses of files, for the services that show some. Others need no keys. */
@AutoConfiguration
@EnableConfigurationProperties(FileUrlSettings.class)
public class FileUrlAutoConfiguration {

    @Bean
    @Lazy
    UrlSignatures urlSignatures(FileUrlSettings settings) {
        return new UrlSignatures(settings);
    }

    @Bean
    @Lazy
    FileUrls fileUrls(FileUrlSettings settings, UrlSignatures signatures) {
        return new FileUrls(settings, signatures, InstantSource.system());
    }
}
