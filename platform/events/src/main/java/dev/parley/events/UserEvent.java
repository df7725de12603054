package dev.parley.events;

/** An event of one user, on {@link Topics#USERS}. The topic is compacted: the newest record is the user's state. */
public sealed interface UserEvent extends Event permits UserChanged {

    String userId();

    @Override
    default String partitionKey() {
        return userId();
    }
}
