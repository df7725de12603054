package dev.parley.notification.model;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReactionChanged;
import dev.parley.events.ReceiptRead;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.model.ModelRules.Content;
import dev.parley.notification.model.ModelRules.Expected;
import dev.parley.notification.model.ModelRules.Member;
import dev.parley.notification.model.ModelRules.Recipient;
import dev.parley.notification.model.ModelRules.Told;
import dev.parley.notification.notice.TestConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A conversation in which things happen by chance, and what there is to tell when all of it is known before anybody is told. */
final class ModelTalk {

    private static final List<String> EMOJI = List.of("👍", "❤", "😀");
    private static final Duration MUTE = Duration.ofDays(1);
    private static final Duration TOO_OLD = RestartedService.MAX_AGE.plusHours(1);

    /**
     * Something that happened.
     *
     * @param sets what it sets, if of two such events the one counts that comes last; null for one that may come again at any time
     */
    record Step(Event event, @Nullable String sets) {}

    final String id;
    private final boolean direct;
    private final List<String> known;
    private final Random random;
    private final TestConversation talk;
    private final Map<String, Member> members = new TreeMap<>();
    private final Map<String, Content> messages = new LinkedHashMap<>();
    private final Map<String, Told> told = new LinkedHashMap<>();
    private long lastSeq;
    private int lastText;

    /** @param known those who are members or may become some */
    ModelTalk(String id, List<String> known, Random random) {
        this.id = id;
        this.direct = known.size() == 2;
        this.known = known;
        this.random = random;
        this.talk = new TestConversation(id, NotificationServiceTest.TENANT);
    }

    /** The first of those who are known begin it; the last two of a group come later. */
    Step begin() {
        List<String> first = direct ? known : known.subList(0, known.size() - 2);
        first.forEach(userId -> members.put(userId, new Member()));
        String creator = first.get(0);
        List<String> others = first.subList(1, first.size());
        if (!direct) {
            add(new Told(id + "/created", ModelRules.ADDED, 0, creator, null, false, others));
        }
        return anyTime(talk.created(
                direct ? ConversationKind.DIRECT : ConversationKind.GROUP,
                direct ? null : "Team",
                creator,
                others.toArray(String[]::new)));
    }

    /** One more thing happens. */
    Step next() {
        return change(random.nextInt(100)).orElseGet(this::message);
    }

    /** Empty if there is nothing to which it could happen. */
    private Optional<Step> change(int choice) {
        if (choice < 50) {
            return Optional.empty();
        }
        if (choice < 58) {
            return anyMessage().map(this::edit);
        }
        if (choice < 63) {
            return anyMessage().map(this::delete);
        }
        if (choice < 77) {
            return anyMessage().flatMap(this::react);
        }
        if (choice < 87) {
            return read(anyMember());
        }
        if (choice < 93) {
            return Optional.of(mute(anyMember()));
        }
        return direct ? Optional.empty() : choice < 97 ? join() : leave(anyMember());
    }

    private static Step anyTime(Event event) {
        return new Step(event, null);
    }

    private void add(Told one) {
        told.put(one.id(), one);
    }

    private List<String> active() {
        return members.entrySet().stream()
                .filter(member -> member.getValue().active)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String anyMember() {
        return any(active());
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** One that was not deleted. */
    private Optional<Content> anyMessage() {
        List<Content> all =
                messages.values().stream().filter(one -> !one.isDeleted()).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(any(all));
    }

    private void put(MessageSnapshot message, String text) {
        messages.put(message.id(), new Content(message, text));
    }

    private String newText() {
        lastText++;
        return "text " + lastText + " of " + id + ".";
    }

    private String[] mentions(int percent) {
        return random.nextInt(100) < percent ? new String[] {any(known)} : new String[0];
    }

    private Step message() {
        boolean expired = random.nextInt(100) < 3;
        String text = newText();
        MessageCreated created = talk.message(
                anyMember(),
                expired ? Instant.now().minus(TOO_OLD) : Instant.now(),
                List.of(Block.Text.plain(text)),
                mentions(15));
        MessageSnapshot message = created.message();
        lastSeq = message.seq();
        put(message, text);
        add(new Told(
                message.id(),
                ModelRules.MESSAGE,
                message.seq(),
                message.sender().id(),
                message.id(),
                expired,
                null));
        return anyTime(created);
    }

    private Step edit(Content before) {
        String text = newText();
        MessageEdited edited = TestConversation.edited(before.message(), text, mentions(30));
        put(edited.message(), text);
        return anyTime(edited);
    }

    private Step delete(Content before) {
        MessageDeleted deleted = TestConversation.deleted(before.message());
        put(deleted.message(), before.text());
        return anyTime(deleted);
    }

    /** Given, or taken back if it was given. */
    private Optional<Step> react(Content content) {
        MessageSnapshot message = content.message();
        String userId = anyMember();
        String author = message.sender().id();
        if (userId.equals(author)) {
            return Optional.empty();
        }
        String emoji = any(EMOJI);
        String noticeId = message.id() + "/" + userId + "/" + emoji;
        boolean added = told.remove(noticeId) == null;
        ReactionChanged changed = TestConversation.reacted(message, userId, emoji, added);
        put(changed.message(), content.text());
        if (added) {
            add(new Told(noticeId, ModelRules.REACTION, message.seq(), userId, message.id(), false, List.of(author)));
        }
        return Optional.of(anyTime(changed));
    }

    private Optional<Step> read(String userId) {
        Member member = members.get(userId);
        if (member.readSeq >= lastSeq) {
            return Optional.empty();
        }
        return Optional.of(read(userId, member.readSeq + 1 + random.nextInt((int) (lastSeq - member.readSeq))));
    }

    private Step read(String userId, long seq) {
        Member member = members.get(userId);
        long before = member.readSeq;
        member.readSeq = seq;
        return anyTime(new ReceiptRead(
                id,
                NotificationServiceTest.TENANT,
                userId,
                id + "-" + seq,
                seq,
                before,
                Instant.now(),
                List.of(),
                List.of(),
                0,
                seq,
                0L));
    }

    private Step mute(String userId) {
        Member member = members.get(userId);
        member.muted = !member.muted;
        Instant until = member.muted ? Instant.now().plus(MUTE) : null;
        return new Step(ConversationUpdated.muted(id, NotificationServiceTest.TENANT, userId, until), "mute/" + userId);
    }

    private Optional<Step> join() {
        List<String> away = known.stream()
                .filter(userId -> !members.containsKey(userId) || !members.get(userId).active)
                .toList();
        if (away.isEmpty()) {
            return Optional.empty();
        }
        String userId = any(away);
        String actor = anyMember();
        MessageCreated added = talk.changed(NoticeKind.MEMBERS_ADDED, actor, userId);
        lastSeq = added.message().seq();
        Member member = members.computeIfAbsent(userId, first -> new Member());
        member.active = true;
        member.fromSeq = lastSeq;
        member.readSeq = lastSeq;
        add(new Told(added.message().id() + "/added", ModelRules.ADDED, lastSeq, actor, null, false, List.of(userId)));
        return Optional.of(anyTime(added));
    }

    private Optional<Step> leave(String userId) {
        if (active().size() <= 2) {
            return Optional.empty();
        }
        members.get(userId).active = false;
        boolean removed = random.nextBoolean();
        MessageCreated gone = removed
                ? talk.changed(NoticeKind.MEMBER_REMOVED, anyMember(), userId)
                : talk.changed(NoticeKind.MEMBER_LEFT, userId, userId);
        lastSeq = gone.message().seq();
        return Optional.of(anyTime(gone));
    }

    /** What must become of each push, by its id. */
    Map<String, Expected> expected(ModelPeople people) {
        ModelRules rules = new ModelRules(id, direct);
        Map<String, Expected> expected = new LinkedHashMap<>();
        for (Told one : told.values()) {
            Content content = one.messageId() == null ? null : messages.get(one.messageId());
            for (String userId : one.to() == null ? active() : one.to()) {
                Recipient recipient = new Recipient(userId, members.get(userId), people.wish(userId));
                for (String device : people.devicesOf(userId)) {
                    expected.put(one.id() + "/" + userId + "/" + device, rules.expected(one, content, recipient));
                }
            }
        }
        return expected;
    }

    /**
     * After all was told, some of those who are shown something read everything.
     *
     * @param expected of this conversation; the withdrawals are added
     */
    List<Step> readAll(ModelPeople people, Map<String, Expected> expected) {
        List<Step> reads = new ArrayList<>();
        for (String userId : active()) {
            boolean shown = people.devicesOf(userId).stream()
                    .anyMatch(device -> expected.entrySet().stream().anyMatch(push -> isShown(push, userId, device)));
            if (!shown || members.get(userId).readSeq >= lastSeq || random.nextInt(100) >= 40) {
                continue;
            }
            reads.add(read(userId, lastSeq));
            String prefix = "read/" + id + "/" + lastSeq + "/" + userId + "/";
            people.devicesOf(userId)
                    .forEach(device -> expected.put(
                            prefix + device,
                            new Expected("ACCEPTED read", null, "withdrawal up to " + lastSeq + " in " + id)));
        }
        return reads;
    }

    private static boolean isShown(Map.Entry<String, Expected> push, String userId, String device) {
        return push.getValue().isAccepted() && push.getKey().endsWith("/" + userId + "/" + device);
    }
}
