package dev.parley.platform.request;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What is the same for the requests of every service: their ids, their addresses, and what their heads may say. */
@AutoConfiguration
@EnableConfigurationProperties(RequestHeadSettings.class)
public class RequestAutoConfiguration {

    @Bean
    RequestId requestId() {
        return new RequestId();
    }

    @Bean
    AddressCheck addressCheck() {
        return new AddressCheck();
    }

    @Bean
    AbsentBodyFilter absentBodyFilter() {
        return new AbsentBodyFilter();
    }

    @Bean
    AcceptFilter acceptFilter() {
        return new AcceptFilter();
    }
}
