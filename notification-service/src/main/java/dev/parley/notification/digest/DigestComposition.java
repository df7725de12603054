package dev.parley.notification.digest;

import dev.parley.events.ConversationKind;
import dev.parley.notification.audience.UnreadConversations.Unread;
import dev.parley.notification.audience.UnreadConversations.UnreadConversation;
import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.digest.DigestMail.Mail;
import dev.parley.notification.person.People;
import dev.parley.notification.text.DigestFacts;
import dev.parley.notification.text.DigestFacts.Conversation;
import dev.parley.notification.text.DigestTexts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes an e-mail: which conversations have unread messages, how many, and who wrote them. What they wrote is not looked at. */
@Component
@Conditional(WithDigests.class)
class DigestComposition {

    private static final int CONVERSATIONS_AT_ONCE = 4;

    private record Written(UnreadConversation unread, List<String> senderIds) {}

    private final DigestPeople others;
    private final People people;
    private final Devices devices;
    private final DigestTexts texts;
    private final UnsubscribeLinks links;
    private final DigestSettings settings;

    DigestComposition(
            DigestPeople others,
            People people,
            Devices devices,
            DigestTexts texts,
            UnsubscribeLinks links,
            DigestSettings settings) {
        this.others = others;
        this.people = people;
        this.devices = devices;
        this.texts = texts;
        this.links = links;
        this.settings = settings;
    }

    Mono<Mail> write(Absence absence, String address, Unread unread) {
        return Mono.zip(
                conversations(absence, unread),
                language(absence),
                (conversations, language) -> mail(absence, address, unread, conversations, language.orElse(null)));
    }

    private Mail mail(
            Absence absence,
            String address,
            Unread unread,
            List<Conversation> conversations,
            @Nullable String language) {
        String unsubscribe = links.of(
                new UnsubscribeLinks.Recipient(absence.tenantId(), absence.userId()), texts.language(language));
        DigestFacts facts = new DigestFacts(
                language, unread.messages(), conversations, unread.conversations() - conversations.size(), unsubscribe);
        String id = absence.userId() + "/" + absence.seenAt().toEpochMilli();
        return new Mail(id, address, texts.email(facts), unsubscribe);
    }

    private Mono<List<Conversation>> conversations(Absence absence, Unread unread) {
        return Flux.fromIterable(unread.first())
                .flatMapSequential(each -> written(absence, each), CONVERSATIONS_AT_ONCE)
                .collectList()
                .flatMap(all -> people.namesOf(all.stream()
                                .flatMap(each -> each.senderIds().stream())
                                .collect(Collectors.toSet()))
                        .map(names ->
                                all.stream().map(each -> listed(each, names)).toList()));
    }

    private Mono<Written> written(Absence absence, UnreadConversation unread) {
        return others.senders(
                        absence.tenantId(),
                        absence.userId(),
                        unread.conversation().id(),
                        unread.afterSeq())
                .map(senderIds -> new Written(unread, senderIds));
    }

    private Conversation listed(Written written, Map<String, String> names) {
        UnreadConversation unread = written.unread();
        return new Conversation(
                unread.conversation().kind() == ConversationKind.DIRECT,
                unread.conversation().name(),
                written.senderIds().stream()
                        .map(names::get)
                        .filter(Objects::nonNull)
                        .toList(),
                unread.messages(),
                links.conversation(unread.conversation().id()));
    }

    /** That of the device which was used last; empty if none says one. */
    private Mono<Optional<String>> language(Absence absence) {
        return devices.ofUsers(absence.tenantId(), List.of(absence.userId()))
                .map(all -> all.getOrDefault(absence.userId(), List.of()).stream()
                        .filter(device -> device.locale() != null)
                        .max(Comparator.comparing(Device::lastUsedAt))
                        .map(Device::locale));
    }
}
