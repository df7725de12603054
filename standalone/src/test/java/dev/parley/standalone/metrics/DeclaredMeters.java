package dev.parley.standalone.metrics;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The meters that the sources of the services register, as Java's compiler reads them. A meter that is registered in a way that can't be
 * read here fails the test, so that none is missing on the page: its name, its description and the keys of its tags must stand in its class.
 */
final class DeclaredMeters {

    private static final Set<String> KINDS = Set.of("Counter", "Gauge", "TimeGauge", "Timer");

    /** Ways to register without a description. */
    private static final Set<String> SHORT_FORMS = Set.of("counter", "gauge", "timer", "summary", "more");

    /** Classes that register meters under names that they are given, with the kind of these. All have the tag {@code outcome}. */
    private static final Map<String, String> WRAPPERS = Map.of("OutcomeTimer", "Timer", "OutcomeCounter", "Counter");

    private DeclaredMeters() {}

    static List<DeclaredMeter> under(Path root) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<DeclaredMeter> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources(root)));
            for (CompilationUnitTree unit : task.parse()) {
                Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
                Source source = new Source(file);
                unit.accept(source.variables, null);
                unit.accept(source.meters, null);
                found.addAll(source.found);
            }
        }
        return found;
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Stream.concat(Files.list(root), Stream.of(root.resolve("platform/starter")))) {
            for (Path module :
                    modules.filter(folder -> !folder.endsWith("bench")).toList()) {
                Path java = module.resolve("src/main/java");
                if (Files.isDirectory(java)) {
                    try (Stream<Path> files = Files.walk(java)) {
                        files.filter(DeclaredMeters::hasMeters).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    private static boolean hasMeters(Path file) {
        try {
            return file.toString().endsWith(".java")
                    && Files.readString(file).contains("io.micrometer.core.instrument");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One file. */
    private static final class Source {

        private final Path file;
        private final Map<String, ExpressionTree> values = new HashMap<>();
        private final Set<String> registries = new HashSet<>();
        private final List<DeclaredMeter> found = new ArrayList<>();

        Source(Path file) {
            this.file = file;
        }

        private final TreeScanner<Void, Void> variables = new TreeScanner<>() {

            @Override
            public Void visitVariable(VariableTree variable, Void none) {
                if (variable.getInitializer() != null) {
                    values.put(variable.getName().toString(), variable.getInitializer());
                }
                if (variable.getType() != null && variable.getType().toString().endsWith("MeterRegistry")) {
                    registries.add(variable.getName().toString());
                }
                return super.visitVariable(variable, none);
            }

            @Override
            public Void visitAssignment(AssignmentTree assignment, Void none) {
                String target = assignment.getVariable().toString();
                values.putIfAbsent(target.replaceFirst("^this\\.", ""), assignment.getExpression());
                return super.visitAssignment(assignment, none);
            }
        };

        private final TreeScanner<Void, Void> meters = new TreeScanner<>() {

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                if (call.getMethodSelect() instanceof MemberSelectTree select) {
                    String method = select.getIdentifier().toString();
                    if (method.equals("register") && !isWrapper()) {
                        built(call);
                    } else if (SHORT_FORMS.contains(method)
                            && registries.contains(
                                    select.getExpression().toString().replaceFirst("^this\\.", ""))) {
                        throw unreadable(call, "has no description: use a builder");
                    }
                }
                return super.visitMethodInvocation(call, none);
            }

            @Override
            public Void visitNewClass(NewClassTree creation, Void none) {
                String kind = WRAPPERS.get(creation.getIdentifier().toString());
                if (kind != null) {
                    List<? extends ExpressionTree> arguments = creation.getArguments();
                    Set<String> tags = new TreeSet<>(Set.of("outcome"));
                    tags.addAll(everySecond(arguments.subList(3, arguments.size())));
                    add(creation, kind, arguments.get(1), text(arguments.get(2)), null, tags, kind.equals("Timer"));
                }
                return super.visitNewClass(creation, none);
            }
        };

        /** Follows the calls of a builder from its end to its begin. */
        private void built(MethodInvocationTree register) {
            String description = null;
            String unit = null;
            Set<String> tags = new TreeSet<>();
            boolean histogram = false;
            MethodInvocationTree call = register;
            while (call.getMethodSelect() instanceof MemberSelectTree select) {
                List<? extends ExpressionTree> arguments = call.getArguments();
                switch (select.getIdentifier().toString()) {
                    case "description" -> description = text(arguments.get(0));
                    case "baseUnit" -> unit = text(arguments.get(0));
                    case "tag" -> tags.add(required(call, text(arguments.get(0))));
                    case "tags" -> tags.addAll(keys(call));
                    case "publishPercentileHistogram" -> histogram = true;
                    case "builder" -> {
                        String kind = select.getExpression().toString();
                        if (KINDS.contains(kind)) {
                            add(register, kind, arguments.get(0), description, unit, tags, histogram);
                        }
                        return;
                    }
                    default -> {}
                }
                if (!(select.getExpression() instanceof MethodInvocationTree before)) {
                    return;
                }
                call = before;
            }
        }

        private boolean isWrapper() {
            return WRAPPERS.containsKey(file.getFileName().toString().replace(".java", ""));
        }

        private void add(
                Tree place,
                String kind,
                ExpressionTree name,
                @Nullable String description,
                @Nullable String unit,
                Set<String> tags,
                boolean histogram) {
            if (description == null) {
                throw unreadable(place, "has no description");
            }
            String module = file.subpath(0, file.startsWith("platform") ? 2 : 1).toString();
            found.add(new DeclaredMeter(module, kind, required(place, text(name)), description, unit, tags, histogram));
        }

        /** The keys among the arguments of {@code tags}: keys and values in turn, or an expression with {@code Tags.of} in it. */
        private Set<String> keys(MethodInvocationTree call) {
            List<? extends ExpressionTree> arguments = call.getArguments();
            Set<String> keys = arguments.size() > 1
                    ? new TreeSet<>(everySecond(arguments))
                    : keysIn(arguments.get(0), new HashSet<>());
            if (keys.isEmpty()) {
                throw unreadable(call, "has tags whose keys are not seen");
            }
            return keys;
        }

        private Set<String> keysIn(Tree expression, Set<String> seen) {
            Set<String> keys = new TreeSet<>();
            expression.accept(
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                            String method = call.getMethodSelect().toString();
                            if (method.equals("Tags.of") || method.endsWith(".and")) {
                                keys.addAll(everySecond(call.getArguments()));
                            }
                            return super.visitMethodInvocation(call, none);
                        }

                        @Override
                        public Void visitIdentifier(IdentifierTree identifier, Void none) {
                            String name = identifier.getName().toString();
                            ExpressionTree value = values.get(name);
                            if (value != null && seen.add(name)) {
                                keys.addAll(keysIn(value, seen));
                            }
                            return null;
                        }
                    },
                    null);
            return keys;
        }

        private List<String> everySecond(List<? extends ExpressionTree> arguments) {
            return IntStream.range(0, arguments.size())
                    .filter(i -> i % 2 == 0)
                    .mapToObj(i -> required(arguments.get(i), text(arguments.get(i))))
                    .toList();
        }

        private @Nullable String text(ExpressionTree expression) {
            if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                return text;
            }
            if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                String left = text(sum.getLeftOperand());
                String right = text(sum.getRightOperand());
                return left == null || right == null ? null : left + right;
            }
            ExpressionTree value = expression instanceof IdentifierTree name ? values.get(name.toString()) : null;
            return value == null ? null : text(value);
        }

        private String required(Tree place, @Nullable String text) {
            if (text == null) {
                throw unreadable(place, "has a name or a tag that is no constant of its class");
            }
            return text;
        }

        private AssertionError unreadable(Tree place, String why) {
            return new AssertionError(file + ": a meter " + why + ": " + place);
        }
    }
}
