package dev.parley.notification.notice;

import static dev.parley.notification.notice.TestConversation.deleted;
import static dev.parley.notification.notice.TestConversation.edited;
import static dev.parley.notification.notice.TestConversation.reacted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationKind;
import dev.parley.events.MessageCreated;
import dev.parley.events.ReactionChanged;
import dev.parley.events.UserChanged;
import dev.parley.notification.device.Device;
import dev.parley.notification.person.People;
import dev.parley.notification.preference.PushPreferences;
import dev.parley.notification.preference.QuietHours;
import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.push.CurrentContent;
import dev.parley.notification.push.NewPush;
import dev.parley.notification.push.PushContents.DuePush;
import dev.parley.notification.push.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What pushes say directly before they are sent. */
class NoticeContentsTest extends NoticeStoreTestCase {

    @Autowired
    private People people;

    @Autowired
    private NoticeRendering rendering;

    private final TestAudience audience = new TestAudience();

    @BeforeEach
    void join() {
        audience.join(conversation, alice);
        audience.join(conversation, bob);
    }

    @Test
    void saysWhatIsThereWithAllThatADeviceNeeds() {
        MessageCreated message = talk.message(alice, "Hello");
        hear(message);

        assertThat(content(push(message.message().id(), bob, null)))
                .isEqualTo(new PushContent(
                        "message",
                        TENANT,
                        conversation,
                        message.message().id(),
                        alice,
                        "Team",
                        "alice: Hello",
                        7,
                        true,
                        conversation,
                        "/#/c/" + conversation,
                        message.message().createdAt(),
                        false));
    }

    @Test
    void speaksTheLanguageOfTheDeviceAndIsAsLoudAsTheUserWants() {
        MessageCreated message = talk.message(alice, "Hello");
        hear(message);
        audience.prefer(bob, new PushPreferences(true, false, false, true, true, true, null));

        PushContent content = content(push(message.message().id(), bob, "vi-VN"));

        assertThat(content.body()).isEqualTo("Tin nhắn mới");
        assertThat(content.sound()).isFalse();
    }

    @Test
    void anEditedMessageIsToldAsItIsNow() {
        MessageCreated message = talk.message(alice, "Hello");
        hear(message, edited(message.message(), "Goodbye"));

        assertThat(content(push(message.message().id(), bob, null)).body()).endsWith(": Goodbye");
    }

    @Test
    void aMentionIsOneForAsLongAsTheUserWantsIt() {
        MessageCreated message = talk.message(alice, "Hello @bob", bob);
        hear(message);
        DuePush push = push(message.message().id(), bob, null);
        assertThat(content(push).type()).isEqualTo("mention");
        assertThat(content(push).body()).endsWith(" mentioned you: Hello @bob");

        audience.prefer(bob, new PushPreferences(true, true, true, false, true, true, null));

        assertThat(content(push).type()).isEqualTo("message");
    }

    @Test
    void aReactionNamesWhoGaveIt() {
        people.handle(Heard.of(new UserChanged(bob, TENANT, bob, "Bob B.", null, null, null, null, true, null)))
                .block();
        ReactionChanged reaction = reacted(talk.message(alice, "Hello").message(), bob, "👍", true);
        hear(reaction);

        PushContent content = content(push(reactionId(reaction), alice, null));

        assertThat(content.body()).isEqualTo("Bob B. reacted 👍 to: Hello");
        assertThat(content.senderId()).isEqualTo(bob);
        assertThat(content.messageId()).isEqualTo(reaction.message().id());
    }

    @Test
    void aNewGroupIsToldWithoutAMessage() {
        hear(talk.created(ConversationKind.GROUP, "Team", alice, bob));

        PushContent content = content(push(conversation + "/created", bob, null));

        assertThat(content.body()).isEqualTo("alice added you to the group");
        assertThat(content.messageId()).isNull();
        assertThat(content.type()).isEqualTo("group-added");
    }

    @Test
    void whatIsGoneIsWithheld() {
        MessageCreated message = talk.message(alice, "Hello");
        ReactionChanged reaction = reacted(talk.message(alice, "Hello").message(), bob, "👍", true);
        hear(message, reaction);
        hear(deleted(message.message()), reacted(reaction.message(), bob, "👍", false));

        assertThat(withheld(push(message.message().id(), bob, null))).isEqualTo(Suppression.DELETED);
        assertThat(withheld(push(reactionId(reaction), alice, null))).isEqualTo(Suppression.DELETED);
    }

    @Test
    void whatIsOldOrForgottenIsWithheld() {
        Instant longAgo = Instant.now().minus(MAX_AGE).minusSeconds(1);
        MessageCreated message = talk.message(alice, longAgo, List.of());
        hear(message);

        assertThat(withheld(push(message.message().id(), bob, null))).isEqualTo(Suppression.EXPIRED);
        assertThat(withheld(push("forgotten", bob, null))).isEqualTo(Suppression.EXPIRED);
    }

    @Test
    void allRulesAreLookedAtOnceMore() {
        MessageCreated message = talk.message(alice, "Hello");
        hear(message);
        DuePush push = push(message.message().id(), bob, null);

        audience.open(bob, conversation);
        assertThat(withheld(push)).isEqualTo(Suppression.OPEN);

        audience.prefer(bob, quiet());
        assertThat(withheld(push)).isEqualTo(Suppression.QUIET_HOURS);

        audience.mute(conversation, bob, Instant.now().plusSeconds(600));
        assertThat(withheld(push(message.message().id(), bob, null))).isEqualTo(Suppression.MUTED);

        audience.leave(conversation, bob);
        assertThat(withheld(push(message.message().id(), bob, null))).isEqualTo(Suppression.NOT_A_MEMBER);
    }

    /** At any time of the day: whoever begins and ends at the same time is always quiet. */
    private static PushPreferences quiet() {
        return new PushPreferences(true, true, true, true, true, true, new QuietHours(true, "00:00", "00:00", "UTC"));
    }

    @Test
    void eachPushGetsItsOwnInTheirOrder() {
        MessageCreated first = talk.message(alice, "one");
        MessageCreated second = talk.message(bob, "two");
        hear(first, second);

        List<CurrentContent> contents = contents()
                .of(List.of(
                        push(second.message().id(), alice, null),
                        push(first.message().id(), bob, null),
                        push("forgotten", bob, null)))
                .block();

        assertThat(contents).hasSize(3);
        assertThat(contents.get(0).content().body()).endsWith(": two");
        assertThat(contents.get(1).content().body()).endsWith(": one");
        assertThat(contents.get(2).content()).isNull();
    }

    private NoticeContents contents() {
        return new NoticeContents(
                store, audience, new Recipients(audience.preferences(), audience.open()), people, rendering);
    }

    private CurrentContent current(DuePush push) {
        return contents().of(List.of(push)).block(Duration.ofSeconds(20)).get(0);
    }

    private PushContent content(DuePush push) {
        CurrentContent current = current(push);
        assertThat(current.withheld()).isNull();
        assertThat(current.content()).isNotNull();
        return current.content();
    }

    private @Nullable Suppression withheld(DuePush push) {
        CurrentContent current = current(push);
        assertThat(current.content()).isNull();
        return current.withheld();
    }

    private DuePush push(String noticeId, String userId, @Nullable String locale) {
        Device device = new Device(
                "phone",
                TENANT,
                userId,
                "session",
                "ios",
                new DeviceAddress(ProviderName.APNS, "token", null, null),
                locale,
                Instant.EPOCH,
                Instant.EPOCH);
        NewPush push =
                new NewPush(noticeId, "message", TENANT, userId, "phone", ProviderName.APNS, conversation, null, 1);
        return new DuePush(
                push,
                device,
                audience.members(conversation, List.of(userId)).block().get(userId),
                7);
    }
}
