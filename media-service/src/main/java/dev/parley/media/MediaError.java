package dev.parley.media;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The errors of media-service. */
public enum MediaError implements ErrorCode {
    NOT_FOUND("file.not-found", HttpStatus.NOT_FOUND, "There is no such file"),
    NAME_INVALID("file.name-invalid", HttpStatus.BAD_REQUEST, "A file cannot have this name"),
    EMPTY("file.empty", HttpStatus.BAD_REQUEST, "The file is empty"),
    TOO_LARGE("file.too-large", HttpStatus.CONTENT_TOO_LARGE, "The file is too large"),
    TYPE_NOT_ALLOWED("file.type-not-allowed", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Files of this type are not accepted"),
    TYPE_MISMATCH(
            "file.type-mismatch",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The content is not of the type that was declared"),
    POLYGLOT("file.polyglot", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content can be read as more than one type"),
    IMAGE_TOO_LARGE("file.image-too-large", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The image has too many pixels"),
    SIZE_MISMATCH("file.size-mismatch", HttpStatus.CONFLICT, "The content has another size than was declared"),
    HASH_MISMATCH("file.hash-mismatch", HttpStatus.CONFLICT, "The content has another SHA-256 than was declared"),
    NOT_READY("file.not-ready", HttpStatus.CONFLICT, "The file is not ready"),
    ALREADY_ATTACHED("file.already-attached", HttpStatus.CONFLICT, "The file belongs to another conversation"),
    INFECTED("file.infected", HttpStatus.FORBIDDEN, "The file holds malware"),
    QUOTA_EXCEEDED("file.quota-exceeded", HttpStatus.TOO_MANY_REQUESTS, "There is no room for more files"),
    URL_INVALID("file.url-invalid", HttpStatus.FORBIDDEN, "The address was not made here"),
    URL_EXPIRED("file.url-expired", HttpStatus.FORBIDDEN, "The address is no longer good"),
    NOT_A_MEMBER("conversation.not-a-member", HttpStatus.FORBIDDEN, "Only for members of the conversation"),
    UPLOAD_NOT_FOUND("upload.not-found", HttpStatus.NOT_FOUND, "There is no such upload"),
    UPLOAD_EXPIRED("upload.expired", HttpStatus.GONE, "The upload has expired"),
    UPLOAD_LOCKED("upload.locked", HttpStatus.LOCKED, "Another request goes on with the upload"),
    UPLOAD_OFFSET_MISMATCH(
            "upload.offset-mismatch", HttpStatus.CONFLICT, "The upload has not come that far, or farther"),
    TOO_MANY_PARTS("upload.too-many-parts", HttpStatus.BAD_REQUEST, "The upload came in too many parts"),
    /** A status of tus 1.0. */
    CHECKSUM_MISMATCH(
            "upload.checksum-mismatch", HttpStatusCode.valueOf(460), "The content is not what its checksum says"),
    TUS_VERSION("upload.version-not-supported", HttpStatus.PRECONDITION_FAILED, "Not this version of tus");

    private final Definition definition;

    MediaError(String code, HttpStatusCode status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
