package dev.parley.notification.chatcore;

import dev.parley.notification.NotificationError;
import dev.parley.notification.digest.UnsubscribeLinks;
import dev.parley.notification.digest.UnsubscribeLinks.Recipient;
import dev.parley.notification.preference.PreferencesChange;
import dev.parley.notification.preference.StoredPreferences;
import dev.parley.notification.text.DigestTexts;
import dev.parley.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Switches e-mails off for whoever has a link from one, without a sign-in. To open a link only asks: mail programs open links, too. */
@RestController
@RequestMapping("/api/v1/email-digest/unsubscribe/{token}")
class UnsubscribeController {

    private static final MediaType PAGE = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final UnsubscribeLinks links;
    private final StoredPreferences preferences;
    private final DigestTexts texts;

    UnsubscribeController(UnsubscribeLinks links, StoredPreferences preferences, DigestTexts texts) {
        this.links = links;
        this.preferences = preferences;
        this.texts = texts;
    }

    @GetMapping
    Mono<ResponseEntity<String>> ask(
            @PathVariable String token, @RequestParam(required = false) @Nullable String language) {
        return recipient(token).map(known -> page(texts.question(language)));
    }

    @PostMapping
    Mono<ResponseEntity<String>> switchOff(
            @PathVariable String token, @RequestParam(required = false) @Nullable String language) {
        return recipient(token)
                .flatMap(known -> preferences
                        .change(known.tenantId(), known.userId(), PreferencesChange.WITHOUT_EMAIL_DIGEST)
                        .then())
                .then(Mono.fromSupplier(() -> page(texts.done(language))));
    }

    private Mono<Recipient> recipient(String token) {
        return Mono.justOrEmpty(links.read(token))
                .switchIfEmpty(Mono.error(() -> ApiException.of(
                        NotificationError.NO_SUCH_LINK, "Use the link as it stands in the e-mail, or your settings")));
    }

    /** With the usual {@code no-referrer} a browser sends the form with the origin {@code null}, as if another site did. */
    private static ResponseEntity<String> page(String html) {
        return ResponseEntity.ok()
                .contentType(PAGE)
                .header("Referrer-Policy", "same-origin")
                .body(html);
    }
}
