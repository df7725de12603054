package dev.parley.auth;

import dev.parley.platform.test.EveryQueryHasAnIndex;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test that speaks HTTP with the started service. Cheap hashes: what they cost is not what is tested. Tenants on demand: most tests have
 * some of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.config.name=auth-service",
            "parley.auth.tenants.on-demand=true",
            "parley.auth.passwords.memory-kib=64",
            "parley.auth.passwords.iterations=1"
        })
@ExtendWith(EveryQueryHasAnIndex.class)
@ContextConfiguration(initializers = TestEnvironment.class)
public @interface AuthServiceTest {}
