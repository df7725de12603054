package dev.parley.notification.push;

import dev.parley.notification.audience.AudienceMember;
import dev.parley.notification.device.Device;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Says what pushes say, just before they are sent: an edited message is told as it is then, and what was deleted, or is not
 * wanted any more, is not told at all.
 */
public interface PushContents {

    /**
     * A push that is about to be sent.
     *
     * @param member the user as a member, who may see the conversation, and has not read the message yet
     * @param badge how many messages the user has not read, in all conversations
     */
    record DuePush(NewPush push, Device device, AudienceMember member, long badge) {}

    /** @return for each push what it says or why it is not sent, in their order */
    Mono<List<CurrentContent>> of(List<DuePush> pushes);
}
