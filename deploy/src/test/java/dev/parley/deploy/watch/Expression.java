package dev.parley.deploy.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PromQL expression asks for, as far as names go. That it is PromQL at all is promtool's to say. */
final class Expression {

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("(?<![\\w.])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*}|\\()?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "e");

    /** A series and the labels that it is chosen by. */
    record Selector(String series, Set<String> labels) {}

    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> grouping = new TreeSet<>();

    Expression(String text) {
        String plain = RANGE.matcher(STRING.matcher(text).replaceAll("")).replaceAll("");
        Matcher groups = GROUPING.matcher(plain);
        while (groups.find()) {
            Arrays.stream(groups.group(1).split(",")).map(String::trim).forEach(grouping::add);
        }
        grouping.remove("");
        Matcher found = SELECTOR.matcher(groups.replaceAll(" "));
        while (found.find()) {
            String follows = String.valueOf(found.group(2));
            if (!follows.equals("(") && !WORDS.contains(found.group(1))) {
                Set<String> labels = new TreeSet<>();
                MATCHER.matcher(follows).results().forEach(matcher -> labels.add(matcher.group(1)));
                selectors.add(new Selector(found.group(1), labels));
            }
        }
    }

    /** Names that no service has, each with what is missing. */
    List<String> unknown(KnownMetrics known) {
        List<String> unknown = new ArrayList<>();
        Set<String> all = new TreeSet<>();
        for (Selector selector : selectors) {
            Set<String> labels = known.labelsOf(selector.series());
            if (labels == null) {
                unknown.add("no metric " + selector.series());
            } else {
                all.addAll(labels);
                selector.labels().stream()
                        .filter(label -> !labels.contains(label))
                        .forEach(label -> unknown.add("no label " + label + " of " + selector.series()));
            }
        }
        grouping.stream().filter(label -> !all.contains(label)).forEach(label -> unknown.add("no label " + label));
        return unknown;
    }

    List<Selector> selectors() {
        return selectors;
    }
}
