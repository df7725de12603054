package dev.parley.auth;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** A test that calls the started service as its clients do. */
@AuthServiceTest
abstract class OverTheWire {

    @Autowired
    private Environment environment;

    Client client;

    @BeforeEach
    void connect() {
        client = new Client(environment);
    }
}
