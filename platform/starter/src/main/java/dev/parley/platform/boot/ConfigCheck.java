package dev.parley.platform.boot;

import dev.parley.platform.settings.FromSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Binds all settings that a service would use, and ends its start before anything else is made: no connection is opened, and no port.
 * What is wrong is collected, so that one look shows all of it.
 */
final class ConfigCheck implements BeanFactoryPostProcessor {

    private final List<String> problems = new ArrayList<>();

    /** One sentence for each setting that is wrong. */
    static List<String> problemsOf(SpringApplication service, String... arguments) {
        ConfigCheck check = new ConfigCheck();
        service.addInitializers(context -> {
            check.note(new ServiceSecretCheck(), context);
            // As a bean, since those come after the one that the binding of settings waits for.
            context.getBeanFactory().registerSingleton(ConfigCheck.class.getName(), check);
        });
        try {
            service.run(arguments);
        } catch (SpringApplication.AbandonedRunException checked) {
            return check.problems;
        } catch (RuntimeException earlier) {
            check.note(earlier);
        }
        return check.problems;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.addBeanPostProcessor(
                beans.getBean(ConfigurationPropertiesBindingPostProcessor.BEAN_NAME, BeanPostProcessor.class));
        for (String settings : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            make(beans, settings);
        }
        for (String derived : beans.getBeanNamesForType(FromSettings.class, true, false)) {
            if (isUsed(beans, Objects.requireNonNull(beans.getType(derived)))) {
                make(beans, derived);
            }
        }
        throw new SpringApplication.AbandonedRunException();
    }

    /** Whether a bean takes it: what the starter has for all is not made in services that need none of it. */
    private static boolean isUsed(ConfigurableListableBeanFactory beans, Class<?> type) {
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> user = beans.getType(name);
            if (user != null && !FromSettings.class.isAssignableFrom(user) && takes(user, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean takes(Class<?> user, Class<?> type) {
        return Arrays.stream(user.getDeclaredConstructors())
                .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
                .anyMatch(taken -> taken != Object.class && taken.isAssignableFrom(type));
    }

    private void note(ServiceSecretCheck secret, ConfigurableApplicationContext context) {
        try {
            secret.initialize(context);
        } catch (IllegalArgumentException wrong) {
            note(wrong);
        }
    }

    /** What fails for another reason than its settings needs parts that are not there yet, and says nothing of them. */
    private void make(ConfigurableListableBeanFactory beans, String name) {
        try {
            beans.getBean(name);
        } catch (BeansException wrong) {
            StartProblem.of(wrong).ifPresent(this::add);
        }
    }

    private void note(RuntimeException wrong) {
        add(StartProblem.of(wrong).orElseGet(wrong::toString));
    }

    /** A setting that several parts use is named once. */
    private void add(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
