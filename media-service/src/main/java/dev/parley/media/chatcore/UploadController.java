package dev.parley.media.chatcore;

import dev.parley.media.upload.ReceiveUpload;
import dev.parley.media.upload.UploadUrls;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Receives contents at signed addresses: bare, or in a form. */
@RestController
@RequestMapping("/api/v1/storage/uploads/{fileId}")
class UploadController {

    private final UploadUrls urls;
    private final ReceiveUpload uploads;

    UploadController(UploadUrls urls, ReceiveUpload uploads) {
        this.urls = urls;
        this.uploads = uploads;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> put(
            @PathVariable String fileId, @RequestParam MultiValueMap<String, String> query, ServerHttpRequest request) {
        check(fileId, query);
        return uploads.receive(fileId, request.getBody());
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> post(
            @PathVariable String fileId,
            @RequestParam MultiValueMap<String, String> query,
            @RequestBody Flux<PartEvent> form) {
        check(fileId, query);
        return FormParts.read(form, field -> {}, (file, content) -> uploads.receive(fileId, content)
                        .thenReturn(file.filename()))
                .then();
    }

    private void check(String fileId, MultiValueMap<String, String> query) {
        urls.check(fileId, query.getFirst("expires"), query.getFirst("signature"));
    }
}
