package dev.parley.platform.store;

import com.mongodb.MongoClientSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.mongodb.autoconfigure.StandardMongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import tools.jackson.databind.json.JsonMapper;

/** Conventions of the document store. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration"
        })
@EnableConfigurationProperties(StoreSettings.class)
@ConditionalOnBooleanProperty(name = "parley.store.enabled", matchIfMissing = true)
public class StoreAutoConfiguration {

    @Bean
    MongoCustomConversions mongoCustomConversions(List<JsonStored> types, JsonMapper json) {
        return new MongoCustomConversions(
                Stream.concat(JsonConversions.of(types, json).stream(), OpenValueConversions.all().stream())
                        .toList());
    }

    @Bean
    StoreEventLoops storeEventLoops() {
        return new StoreEventLoops();
    }

    @Bean
    MongoClientSettings mongoClientSettings(StoreEventLoops loops) {
        return MongoClientSettings.builder()
                .transportSettings(loops.transport())
                .build();
    }

    /** Boot's own, which goes with its settings. */
    @Bean
    StandardMongoClientSettingsBuilderCustomizer storeProperties(
            MongoConnectionDetails connection, MongoProperties properties) {
        return new StandardMongoClientSettingsBuilderCustomizer(
                connection, properties.getRepresentation().getUuid());
    }

    /**
     * A store that is away, or that does not answer, is noticed while somebody still waits for the answer. Each step is limited
     * by itself, and not the whole operation by the driver's own {@code timeoutMS}: that would also end what reads a whole
     * collection bit by bit.
     */
    @Bean
    MongoClientSettingsBuilderCustomizer noticesAnAbsentStore(StoreSettings store) {
        long timeout = store.timeout().toMillis();
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(timeout, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(timeout, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout((int) timeout, TimeUnit.MILLISECONDS)
                        .readTimeout((int) timeout, TimeUnit.MILLISECONDS));
    }

    /** A service whose documents have changed so that its version of before cannot read them brings one of its own. */
    @Bean
    @ConditionalOnMissingBean
    StoreFormat storeFormat(@Value("${spring.application.name:service}") String service) {
        return new StoreFormat(service, StoreFormat.FIRST);
    }

    @Bean
    IndexCreation indexCreation(ReactiveMongoTemplate mongo, StoreFormat format, List<Indexes> indexes) {
        return new IndexCreation(mongo, format, indexes);
    }

    /** Keeps class names out of the store. */
    @Bean
    static BeanPostProcessor withoutClassNames() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof MappingMongoConverter converter) {
                    converter.setTypeMapper(new DefaultMongoTypeMapper(null));
                }
                return bean;
            }
        };
    }
}
