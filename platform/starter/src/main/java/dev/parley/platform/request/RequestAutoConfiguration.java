package dev.parley.platform.request;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Request ids and the check of addresses, the same in every service. */
@AutoConfiguration
public class RequestAutoConfiguration {

    @Bean
    RequestId requestId() {
        return new RequestId();
    }

    @Bean
    AddressCheck addressCheck() {
        return new AddressCheck();
    }
}
