package dev.parley.media.tus;

import org.springframework.http.MediaType;

/** The names of the protocol: tus 1.0.0, https://tus.io/protocols/resumable-upload. */
final class Tus {

    static final String PATH = "/api/v1/storage/tus";
    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination";
    static final MediaType CONTENT = MediaType.valueOf("application/offset+octet-stream");

    static final String TUS_RESUMABLE = "Tus-Resumable";
    static final String TUS_VERSION = "Tus-Version";
    static final String TUS_EXTENSION = "Tus-Extension";
    static final String TUS_MAX_SIZE = "Tus-Max-Size";
    static final String TUS_CHECKSUM_ALGORITHM = "Tus-Checksum-Algorithm";
    static final String UPLOAD_OFFSET = "Upload-Offset";
    static final String UPLOAD_LENGTH = "Upload-Length";
    static final String UPLOAD_METADATA = "Upload-Metadata";
    static final String UPLOAD_CHECKSUM = "Upload-Checksum";
    static final String UPLOAD_EXPIRES = "Upload-Expires";
    static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    /** Not the protocol's own: the id of the file that a finished upload became. */
    static final String UPLOAD_LOCATION_ID = "Upload-Location-Id";

    private Tus() {}
}
