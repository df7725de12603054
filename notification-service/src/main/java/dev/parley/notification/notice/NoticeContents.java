package dev.parley.notification.notice;

import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.AudienceConversation;
import dev.parley.notification.person.People;
import dev.parley.notification.push.CurrentContent;
import dev.parley.notification.push.NewPush;
import dev.parley.notification.push.PushContents;
import dev.parley.notification.push.Suppression;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Says what pushes say by the notices as they are now. All rules are looked at once more, also those of the moment. */
@Component
final class NoticeContents implements PushContents {

    private static final int QUESTIONS_AT_ONCE = 8;

    private final NoticeStore notices;
    private final Audience audience;
    private final Recipients recipients;
    private final People people;
    private final NoticeRendering rendering;

    NoticeContents(
            NoticeStore notices, Audience audience, Recipients recipients, People people, NoticeRendering rendering) {
        this.notices = notices;
        this.audience = audience;
        this.recipients = recipients;
        this.people = people;
        this.rendering = rendering;
    }

    private record Facts(
            Map<String, Notice> notices,
            Recipients.Known recipients,
            Map<String, AudienceConversation> conversations,
            Map<String, String> names) {

        @Nullable String nameOf(Notice notice) {
            return names.getOrDefault(notice.actorId(), notice.actorName());
        }
    }

    @Override
    public Mono<List<CurrentContent>> of(List<DuePush> pushes) {
        return facts(pushes).map(facts -> {
            Instant now = Instant.now();
            return pushes.stream().map(push -> current(push, facts, now)).toList();
        });
    }

    private Mono<Facts> facts(List<DuePush> pushes) {
        Mono<Map<String, AudienceConversation>> conversations = Flux.fromIterable(each(pushes, NewPush::conversationId))
                .flatMap(audience::conversation, QUESTIONS_AT_ONCE)
                .collectMap(AudienceConversation::id);
        return Mono.zip(
                        notices.find(each(pushes, NewPush::noticeId)),
                        recipients.of(each(pushes, NewPush::userId)),
                        conversations)
                .flatMap(found -> people.namesOf(actors(found.getT1()))
                        .map(names -> new Facts(found.getT1(), found.getT2(), found.getT3(), names)));
    }

    private static Set<String> each(List<DuePush> pushes, Function<NewPush, String> part) {
        return pushes.stream().map(DuePush::push).map(part).collect(Collectors.toSet());
    }

    private static Set<String> actors(Map<String, Notice> notices) {
        return notices.values().stream().map(Notice::actorId).collect(Collectors.toSet());
    }

    private CurrentContent current(DuePush due, Facts facts, Instant now) {
        NewPush push = due.push();
        Notice notice = facts.notices().get(push.noticeId());
        if (notice == null) {
            return CurrentContent.withheld(Suppression.EXPIRED);
        }
        AudienceConversation conversation = facts.conversations().get(push.conversationId());
        if (conversation == null) {
            return CurrentContent.withheld(Suppression.NOT_A_MEMBER);
        }
        return rendering.of(
                notice,
                conversation,
                facts.nameOf(notice),
                facts.recipients().recipient(push.userId(), due.member(), push.conversationId()),
                due,
                now);
    }
}
