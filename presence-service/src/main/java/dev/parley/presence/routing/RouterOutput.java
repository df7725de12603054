package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a router writes, in the order of the calls. */
interface RouterOutput {

    /** @param event the event that the envelope is about */
    void event(int inbox, Envelope envelope, ConsumerRecord<String, byte[]> event);

    void progress(int inbox, Envelope envelope, Progress progress);

    /** The node was struck out: nobody needs to know any more what it told of itself and of these users. */
    void struckOut(int inbox, Envelope envelope, Collection<UserKey> users);
}
