package dev.parley.standalone.configuration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The settings that the records of the sources declare, with what their Javadoc says of each, as Java's compiler reads them. */
final class DeclaredSettings {

    private static final Pattern PARAMETER =
            Pattern.compile("@param\\s+(\\w+)\\s+(.*?)(?=\\n\\s*@|\\z)", Pattern.DOTALL);
    private static final Pattern MAP = Pattern.compile("Map<\\w+, (?:@Nullable )?([\\w.<>]+)>");

    /** @param defaultValue null where the type has one of its own */
    private record Component(
            String name, String type, @Nullable String defaultValue, String text) {}

    /** @param prefix null if it is a part of other settings */
    private record Settings(String module, @Nullable String prefix, String text, List<Component> components) {}

    private final Map<String, List<Settings>> byName = new HashMap<>();
    private final List<Settings> roots = new ArrayList<>();

    DeclaredSettings(Path root) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources(root)));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
                String module =
                        file.subpath(0, file.startsWith("platform") ? 2 : 1).toString();
                new Reader(module, docs).scan(unit, null);
            }
        }
    }

    /** The lines of each module. */
    Map<String, List<SettingRow>> rows() {
        Map<String, List<SettingRow>> rows = new TreeMap<>();
        for (Settings settings : roots) {
            add(
                    settings,
                    String.valueOf(settings.prefix()),
                    rows.computeIfAbsent(settings.module(), none -> new ArrayList<>()));
        }
        return rows;
    }

    private void add(Settings settings, String prefix, List<SettingRow> rows) {
        for (Component component : settings.components()) {
            String name = prefix + "." + kebab(component.name());
            String type = component.type();
            Matcher map = MAP.matcher(type);
            if (map.matches()) {
                name += ".<" + key(component.name()) + ">";
                type = map.group(1);
            }
            Settings part = part(type, settings);
            if (part == null) {
                rows.add(new SettingRow(
                        name,
                        shown(type),
                        component.defaultValue() == null ? "" : component.defaultValue(),
                        component.text()));
            } else {
                add(part, name, rows);
            }
        }
    }

    /** The record of that type, if it is one of ours: the same file's, or else the module's. */
    private @Nullable Settings part(String type, Settings user) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        List<Settings> named = byName.getOrDefault(simple, List.of()).stream()
                .filter(settings -> settings.module().equals(user.module())
                        || settings.module().startsWith("platform/"))
                .toList();
        if (named.size() > 1) {
            throw new AssertionError("Which record is " + type + " of " + user.prefix() + "?");
        }
        return named.isEmpty() ? null : named.get(0);
    }

    private static String key(String component) {
        return component.toLowerCase(Locale.ROOT).contains("tenant") ? "tenant" : "name";
    }

    private static String shown(String type) {
        return type.replace("@Nullable ", "").replaceAll(".*\\.(?=\\w+$)", "").replace("<", "&lt;");
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Stream.of(Files.list(root), Files.list(root.resolve("platform")))
                .flatMap(folders -> folders)) {
            for (Path module : modules.filter(folder -> !folder.endsWith("bench") && !folder.endsWith("standalone"))
                    .toList()) {
                Path java = module.resolve("src/main/java");
                if (Files.isDirectory(java)) {
                    try (Stream<Path> files = Files.walk(java)) {
                        files.filter(DeclaredSettings::mayHaveSettings).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    private static boolean mayHaveSettings(Path file) {
        try {
            return file.toString().endsWith(".java")
                    && Files.readString(file).contains("org.springframework.boot.context.properties");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private final class Reader extends TreePathScanner<Void, Void> {

        private final String module;
        private final DocTrees docs;

        Reader(String module, DocTrees docs) {
            this.module = module;
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (type.getKind() == Tree.Kind.RECORD) {
                record(type, getCurrentPath());
            }
            return super.visitClass(type, none);
        }

        private void record(ClassTree type, TreePath path) {
            String comment = docs.getDocComment(path);
            Map<String, String> texts = texts(comment == null ? "" : comment);
            List<Component> components = type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(member -> !member.getModifiers().getFlags().contains(Modifier.STATIC))
                    .map(member -> new Component(
                            member.getName().toString(),
                            member.getType().toString(),
                            value(member.getModifiers().getAnnotations(), "DefaultValue"),
                            texts.getOrDefault(member.getName().toString(), "")))
                    .toList();
            String prefix = value(type.getModifiers().getAnnotations(), "ConfigurationProperties");
            Settings settings = new Settings(module, prefix, "", components);
            if (prefix == null) {
                byName.computeIfAbsent(type.getSimpleName().toString(), unseen -> new ArrayList<>())
                        .add(settings);
            } else {
                roots.add(settings);
            }
        }

        private static Map<String, String> texts(String comment) {
            return PARAMETER
                    .matcher(comment)
                    .results()
                    .collect(Collectors.toMap(
                            found -> found.group(1), found -> plain(found.group(2)), (one, other) -> one));
        }

        private static String plain(String text) {
            return text.strip()
                    .replaceAll("\\s+", " ")
                    .replaceAll("\\{@(?:code|link(?:plain)?) ([^}]*)}", "`$1`")
                    .replaceAll("<[^>]+>", "");
        }

        /** What an annotation of that name says; empty if it says nothing; null if there is none. */
        private static @Nullable String value(List<? extends AnnotationTree> annotations, String name) {
            return annotations.stream()
                    .filter(annotation ->
                            annotation.getAnnotationType().toString().equals(name))
                    .map(annotation ->
                            annotation.getArguments().stream().map(Reader::text).collect(Collectors.joining(",")))
                    .findFirst()
                    .orElse(null);
        }

        private static String text(ExpressionTree argument) {
            ExpressionTree value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
            if (value instanceof NewArrayTree several) {
                return several.getInitializers().stream().map(Reader::text).collect(Collectors.joining(","));
            }
            return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : value.toString();
        }
    }
}
