package dev.parley.platform.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds the files of the class path that describe services. */
public final class RegistryFiles {

    private static final String PATTERN = "classpath*:META-INF/parley/services.yml";

    private RegistryFiles() {}

    /** Every file's content as a source of properties. */
    public static List<PropertySource<?>> load() {
        List<PropertySource<?>> sources = new ArrayList<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(PATTERN)) {
                sources.addAll(new YamlPropertySourceLoader().load(file.getURL().toString(), file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return sources;
    }
}
