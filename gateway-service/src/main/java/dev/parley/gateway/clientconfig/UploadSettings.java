package dev.parley.gateway.clientconfig;

import dev.parley.platform.settings.SettingsCheck;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What clients are told about files, before they try to upload one. The defaults are in gateway-service.yml.
 *
 * @param maxImageSize bytes of an image, as media-service allows
 * @param maxVideoSize bytes of a video
 * @param maxAudioSize bytes of a sound
 * @param maxDocumentSize bytes of any other file
 * @param maxAvatarSize bytes of a picture that an avatar is made of
 * @param maxFilesPerMessage how many files a message may have, as message-service allows
 * @param allowedTypes the media types that media-service accepts
 */
@ConfigurationProperties("parley.client-settings.uploads")
record UploadSettings(
        DataSize maxImageSize,
        DataSize maxVideoSize,
        DataSize maxAudioSize,
        DataSize maxDocumentSize,
        DataSize maxAvatarSize,
        int maxFilesPerMessage,
        List<String> allowedTypes) {

    UploadSettings {
        SettingsCheck.of("parley.client-settings.uploads")
                .given("max-image-size", maxImageSize)
                .given("max-video-size", maxVideoSize)
                .given("max-audio-size", maxAudioSize)
                .given("max-document-size", maxDocumentSize)
                .given("max-avatar-size", maxAvatarSize)
                .positive("max-image-size", maxImageSize.toBytes())
                .positive("max-video-size", maxVideoSize.toBytes())
                .positive("max-audio-size", maxAudioSize.toBytes())
                .positive("max-document-size", maxDocumentSize.toBytes())
                .positive("max-avatar-size", maxAvatarSize.toBytes())
                .notNegative("max-files-per-message", maxFilesPerMessage)
                .given("allowed-types", allowedTypes);
    }
}
