package dev.parley.media.tus;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.deletion.FileRemoval;
import dev.parley.media.file.FileStore;
import dev.parley.media.upload.BeginUpload;
import dev.parley.media.upload.ConfirmUpload;
import dev.parley.media.upload.ReceiveUpload;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;

/** Puts the parts of this package together. */
@Configuration(proxyBeanMethods = false)
class TusConfiguration {

    @Bean
    Indexes resumableUploadIndexes() {
        return Indexes.of(
                ResumableUploadStore.COLLECTION,
                new Index(ResumableUploadStore.EXPIRES_AT, Direction.ASC).named("expiry"));
    }

    @Bean
    ResumableUploadStore resumableUploadStore(ReactiveMongoTemplate mongo) {
        return new ResumableUploadStore(mongo);
    }

    @Bean
    UploadLocks uploadLocks(ResumableUploadStore store, TusSettings settings) {
        return new UploadLocks(store, settings);
    }

    @Bean
    PartWriter partWriter(BlobStore blobs, TusSettings settings) {
        return new PartWriter(blobs, settings);
    }

    @Bean
    UploadBeginning uploadBeginning(BeginUpload files, TusSettings settings) {
        return new UploadBeginning(files, settings);
    }

    @Bean
    UploadRemoval uploadRemoval(ResumableUploadStore store, BlobStore blobs, FileStore files, FileRemoval removal) {
        return new UploadRemoval(store, blobs, files, removal);
    }

    @Bean
    UploadCompletion uploadCompletion(
            FileStore files,
            BlobStore blobs,
            ReceiveUpload receiveUpload,
            ConfirmUpload confirmUpload,
            UploadRemoval removal) {
        return new UploadCompletion(files, blobs, receiveUpload, confirmUpload, removal);
    }

    @Bean
    ResumableUploads resumableUploads(
            ResumableUploadStore store,
            UploadLocks locks,
            PartWriter parts,
            UploadBeginning beginning,
            UploadCompletion completion,
            UploadRemoval removal) {
        return new ResumableUploads(store, locks, parts, beginning, completion, removal);
    }

    @Bean
    UploadSweeper uploadSweeper(
            ResumableUploadStore store, UploadLocks locks, UploadRemoval removal, TusSettings settings) {
        return new UploadSweeper(store, locks, removal, settings);
    }
}
