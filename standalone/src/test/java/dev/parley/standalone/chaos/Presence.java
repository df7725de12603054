package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who is online, as everybody sees it: all share a conversation with all. */
final class Presence {

    private final Cast cast;

    Presence(Cast cast) {
        this.cast = cast;
    }

    /** @param gone who is not there; the others must know since when */
    Findings findings(List<ChatUser> gone) {
        Findings findings = new Findings();
        List<ChatUser> there = new ArrayList<>(cast.users());
        there.removeAll(gone);
        for (ChatUser user : there) {
            Set<String> others = there.stream()
                    .map(ChatUser::id)
                    .filter(id -> !id.equals(user.id()))
                    .collect(Collectors.toCollection(TreeSet::new));
            for (ChaosClient client : cast.clientsOf(user)) {
                findings.same(client, "online", others, client.knowledge().online());
                for (ChatUser one : gone) {
                    String lastSeenAt = user.fetch("/api/v1/users/" + one.id() + "/last-seen")
                            .path("lastSeenAt")
                            .asString("never");
                    findings.equal(
                            client,
                            "last seen of " + one.id(),
                            lastSeenAt,
                            client.knowledge().lastSeen(one.id()));
                }
            }
        }
        return findings;
    }
}
