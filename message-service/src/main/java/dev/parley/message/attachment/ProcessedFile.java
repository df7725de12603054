package dev.parley.message.attachment;

import dev.parley.events.FileProcessed;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What is known of a file that no stored message named when it was told: the message may be on its way.
 *
 * @param id of the file
 */
@Document(ProcessedFile.COLLECTION)
record ProcessedFile(@Id String id, FileProcessed result, Instant at) {

    static final String COLLECTION = "processedFiles";

    static ProcessedFile of(FileProcessed result) {
        return new ProcessedFile(result.fileId(), result, Instant.now());
    }
}
