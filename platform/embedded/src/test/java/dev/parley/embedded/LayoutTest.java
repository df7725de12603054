package dev.parley.embedded;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which packages of the store may use which. */
class LayoutTest {

    private static final String EMBEDDED = "dev.parley.embedded";

    /** From the lowest package up: each with the packages that it may use. All stand above it in this list. */
    private static final Map<String, String[]> MAY_USE = new LinkedHashMap<>();

    static {
        may("key");
        may("text");
        may("error");
        may("settings");
        may("authentication", "error", "settings");
        may("storage", "key", "error");
        may("document", "key", "error");
        may("filter", "key");
        may("index", "key", "text", "error", "document", "filter");
        may("table", "key", "error", "storage", "document", "index");
        may("query", "key", "text", "error", "storage", "document", "filter", "index", "table");
        may("collection", "error", "document", "index", "table", "query");
        may("command", "error", "settings", "storage", "document", "index", "table", "query", "collection");
        may("protocol", "error", "settings", "authentication", "storage", "document", "query", "command");
    }

    private static void may(String name, String... used) {
        for (String other : used) {
            if (!MAY_USE.containsKey(other)) {
                throw new IllegalArgumentException(name + " may not use " + other + ": it does not stand above it");
            }
        }
        MAY_USE.put(name, used);
    }

    @Test
    void packagesOfTheStoreUseOnlyThoseBelowThem() {
        LayeredArchitecture layout = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer(EMBEDDED)
                .definedBy(EMBEDDED);
        for (String name : MAY_USE.keySet()) {
            layout = layout.layer(name).definedBy(EMBEDDED + ".store." + name);
        }
        for (Map.Entry<String, String[]> rule : MAY_USE.entrySet()) {
            layout = rule.getValue().length == 0
                    ? layout.whereLayer(rule.getKey()).mayNotAccessAnyLayer()
                    : layout.whereLayer(rule.getKey()).mayOnlyAccessLayers(rule.getValue());
        }
        layout.whereLayer(EMBEDDED)
                .mayOnlyAccessLayers("settings", "query", "protocol")
                .ensureAllClassesAreContainedInArchitecture()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(EMBEDDED));
    }
}
