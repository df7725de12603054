package dev.parley.standalone;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Three users of the running platform, new for each test, and the devices that they connect. */
abstract class ThreeUsers {

    final String baseUrl = RunningPlatform.baseUrl();
    final List<ChatSocket> sockets = new ArrayList<>();
    ChatUser alice;
    ChatUser bob;
    ChatUser carol;

    @BeforeEach
    void threeUsers() {
        alice = ChatUser.register(baseUrl, "Alice");
        bob = ChatUser.register(baseUrl, "Bob");
        carol = ChatUser.register(baseUrl, "Carol");
    }

    @AfterEach
    void disconnect() {
        sockets.forEach(ChatSocket::close);
    }

    ChatSocket connected(ChatUser user) {
        return keep(user.connect());
    }

    ChatSocket keep(ChatSocket socket) {
        sockets.add(socket);
        return socket;
    }
}
