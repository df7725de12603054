package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.MessageCreated;
import dev.parley.events.Participant;
import dev.parley.events.TypingChanged;
import dev.parley.events.UserChanged;
import dev.parley.events.UserSummary;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Alice changes her profile, and those who see her are told. */
class ProfileTest extends ChatServiceTest {

    @Test
    void isToldToAllDevicesOfThoseWhoShareAConversationAndOnesOwn() {
        IntStream.range(0, 200).forEach(i -> {
            SERVICES.member(conversation + "-" + i, alice, true, 0);
            SERVICES.member(conversation + "-" + i, bob, true, 0);
        });
        Device alicePhone = connect(alice);
        Device aliceTablet = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);
        Device carolPhone = connect(carol);
        bobTablet.succeed("leave_room", conversation);

        publish(renamed("Alicia", "Ali", "https://example.org/alicia.png"));

        for (Device device : new Device[] {alicePhone, aliceTablet, bobPhone, bobTablet}) {
            JsonNode user = device.awaitOne("user_updated").path("user");
            assertThat(user.path("id").asString()).isEqualTo(alice);
            assertThat(user.path("username").asString()).isEqualTo(alice);
            assertThat(user.path("displayName").asString()).isEqualTo("Alicia");
            assertThat(user.path("firstName").asString()).isEqualTo("Ali");
            assertThat(user.get("lastName").isNull()).isTrue();
            assertThat(user.path("avatarUrl").asString()).isEqualTo("https://example.org/alicia.png");
        }
        settle(alicePhone, bobPhone, carolPhone);
        assertThat(bobPhone.told("user_updated")).hasSize(1);
        assertThat(carolPhone.told("user_updated")).isEmpty();
    }

    @Test
    void isToldOfSomebodyWhoIsNotConnected() {
        Device bobPhone = connect(bob);

        publish(renamed("Alicia", null, null));

        assertThat(bobPhone.awaitOne("user_updated")
                        .path("user")
                        .get("avatarUrl")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPictureOfThePlatformHasTheSameSignedAddressWhereverItIsShown() {
        UserSummary pictured = new UserSummary(carol, carol, "Caro", null, "f-carol");
        Participant joined = new Participant(pictured, Participant.Role.MEMBER, Instant.now());
        SERVICES.member(conversation, carol, true, 0);
        Device bobPhone = connect(bob);

        publish(
                message(alice, 1, new Block.Notice(NoticeKind.MEMBERS_ADDED, List.of(joined), "Somebody came")),
                new MessageCreated(text(carol, 2).message().withSender(pictured), null));
        String address =
                bobPhone.awaitOne("participant_joined").path("avatarUrl").asString();
        assertThat(address).contains("/api/v1/storage/content/f-carol?").contains("signature=");
        JsonNode told = bobPhone.await("new_message", 2).get(1);
        assertThat(told.path("senderAvatarUrl").asString()).isEqualTo(address);
        assertThat(told.path("message").path("sender").path("avatarUrl").asString())
                .isEqualTo(address);

        publish(
                new UserChanged(carol, TENANT, carol, "Caro", null, null, null, null, true, "f-carol"),
                new TypingChanged(carol, TENANT, conversation, pictured, true, null));
        assertThat(bobPhone.awaitOne("user_updated")
                        .path("user")
                        .path("avatarUrl")
                        .asString())
                .isEqualTo(address);
        assertThat(bobPhone.awaitOne("typing_indicator").path("avatarUrl").asString())
                .isEqualTo(address);
    }

    @Test
    void isToldAtOnceAndThenTheLastOfMany() {
        Device bobPhone = connect(bob);

        publish(renamed("Alicia", null, null));
        bobPhone.awaitOne("user_updated");
        IntStream.rangeClosed(1, 20).forEach(i -> publish(renamed("Alicia " + i, null, null)));

        assertThat(bobPhone.await("user_updated", 2))
                .extracting(told -> told.path("user").path("displayName").asString())
                .containsExactly("Alicia", "Alicia 20");
    }

    @Test
    void isToldOnceToADeviceThatWasAwayAfterWhatItMissed() {
        Device bobTablet = connect(bob);
        SERVICES.member("of-carol-" + conversation, carol, true, 0);
        try (RecoveringClient bobPhone = new RecoveringClient(TestTokens.tokenFor(bob, TENANT)).connect(port)) {
            publish(text(alice, 1));
            bobPhone.await("new_message", 1);
            bobPhone.cut();
            publish(
                    text(alice, 2),
                    renamed("Alicia", "Ali", null),
                    new UserChanged(carol, TENANT, carol, "Caro", null, null, null, null, true, null),
                    new UserChanged(bob, TENANT, bob, "Bobby", null, null, null, null, true, null));
            // The first two changes of Alice are shown one by one, and so are those that follow her second.
            bobTablet.await("user_updated", 2);
            publish(renamed("Alicia of now", null, "https://example.org/now.png"));
            bobTablet.await("user_updated", 3);
            publish(text(alice, 3));
            bobTablet.await("new_message", 3);

            bobPhone.connect(port);

            assertThat(bobPhone.isRecovered()).isTrue();
            assertThat(bobPhone.told("user_updated"))
                    .extracting(told -> told.path("user").path("displayName").asString())
                    .containsExactlyInAnyOrder("Alicia of now", "Bobby");
            assertThat(bobPhone.told())
                    .extracting(RecoveringClient.Told::event)
                    .filteredOn(List.of("new_message", "user_updated", "online_users")::contains)
                    .endsWith("new_message", "new_message", "user_updated", "user_updated", "online_users");
            JsonNode user = bobPhone.told("user_updated").stream()
                    .map(told -> told.path("user"))
                    .filter(told -> told.path("id").asString().equals(alice))
                    .findFirst()
                    .orElseThrow();
            assertThat(user.get("firstName").isNull()).isTrue();
            assertThat(user.path("avatarUrl").asString()).isEqualTo("https://example.org/now.png");
        }
    }

    @Test
    void isNotToldWhatOthersAreNotShown() {
        Device bobPhone = connect(bob);

        publish(
                new UserChanged(alice, TENANT, alice, "Name of " + alice, null, null, null, "contacts", false, null),
                renamed("Alicia", null, null));

        Until.satisfied(() -> assertThat(bobPhone.told("user_updated"))
                .extracting(told -> told.path("user").path("displayName").asString())
                .containsExactly("Alicia"));
    }

    private UserChanged renamed(String displayName, @Nullable String firstName, @Nullable String avatarUrl) {
        return new UserChanged(alice, TENANT, alice, displayName, firstName, null, avatarUrl, null, true, null);
    }
}
