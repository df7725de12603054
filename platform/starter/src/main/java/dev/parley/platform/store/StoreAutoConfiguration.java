package dev.parley.platform.store;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** Conventions of the document store. */
@AutoConfiguration(afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration")
@ConditionalOnBean({ReactiveMongoTemplate.class, Indexes.class})
public class StoreAutoConfiguration {

    @Bean
    IndexCreation indexCreation(ReactiveMongoTemplate mongo, List<Indexes> indexes) {
        return new IndexCreation(mongo, indexes);
    }
}
