package dev.parley.deploy.chart;

import dev.parley.platform.boot.PlatformService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What a service reads of the environment that it is deployed with, by Spring Boot's own rules. Nothing of it is started. */
final class ServiceEnvironment {

    private static final Map<Map<String, Object>, ServiceEnvironment> READ = new ConcurrentHashMap<>();

    static final class Nothing {}

    private final String service;
    private final ConfigurableEnvironment environment;

    private ServiceEnvironment(String service, ConfigurableEnvironment environment) {
        this.service = service;
        this.environment = environment;
    }

    static ServiceEnvironment of(Manifest workload) {
        Map<String, Object> variables = new LinkedHashMap<>();
        workload.environment()
                .forEach(variable -> variables.put(
                        variable.name(),
                        variable.secret() == null ? variable.value() : StandInSecrets.of(variable.name())));
        return READ.computeIfAbsent(variables, with -> read(workload.service(), with));
    }

    private static ServiceEnvironment read(String service, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(system, new SystemEnvironmentPropertySource(system, variables));
        SpringApplication application = PlatformService.of(Nothing.class, PlatformService.configurationName(service));
        application.setEnvironment(environment);
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        try (ConfigurableApplicationContext context = application.run("--spring.main.web-application-type=none")) {
            return new ServiceEnvironment(service, context.getEnvironment());
        }
    }

    String get(String property) {
        return environment.getRequiredProperty(property);
    }

    <T> T get(String property, Class<T> type) {
        return Binder.get(environment).bind(property, Bindable.of(type)).get();
    }

    /** Binds all settings of the service, each of which checks itself. */
    void bindAll() {
        KnownSettings.settings(service).forEach(type -> Binder.get(environment)
                .bindOrCreate(type.getAnnotation(ConfigurationProperties.class).value(), Bindable.of(type)));
    }
}
