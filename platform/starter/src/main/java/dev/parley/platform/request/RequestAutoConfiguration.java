package dev.parley.platform.request;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Request ids, the same in every service. */
@AutoConfiguration
public class RequestAutoConfiguration {

    @Bean
    RequestId requestId() {
        return new RequestId();
    }
}
