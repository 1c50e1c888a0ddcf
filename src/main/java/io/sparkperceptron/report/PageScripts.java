package io.sparkperceptron.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ES modules joined to one: a page that is opened from a folder may not load others. Each comes after those that it imports, without
 * the words {@code import} and {@code export}; as all then share one scope, no two may declare the same name at their top.
 */
final class PageScripts {

    private static final Pattern IMPORT =
            Pattern.compile("^import \\{[^}]*} from \"\\./(\\w+\\.js)\";\\n", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export (?=async |function |class |const |let )", Pattern.MULTILINE);
    private static final Pattern DECLARATION =
            Pattern.compile("^(?:(?:async )?function|class|const|let) (\\w+)", Pattern.MULTILINE);
    private static final Pattern LEFT_OVER =
            Pattern.compile("^(?:import\\b|export\\b|var\\b|(?:const|let) [\\[{]).*", Pattern.MULTILINE);

    private final UnaryOperator<String> source;
    private final Map<String, String> joined = new LinkedHashMap<>();
    private final Set<String> begun = new LinkedHashSet<>();
    private final Map<String, String> homes = new HashMap<>();

    private PageScripts(UnaryOperator<String> source) {
        this.source = source;
    }

    /**
     * Joins a module and all that it imports.
     *
     * @param source the text of the module of a name
     * @throws IllegalStateException if modules import each other in a circle, declare the same name, or are written in a way that is
     *     not understood here
     */
    static String join(String main, UnaryOperator<String> source) {
        PageScripts scripts = new PageScripts(source);
        scripts.add(main);
        List<String> parts = new ArrayList<>();
        scripts.joined.forEach((name, text) -> parts.add("// " + name + "\n" + text));
        return String.join("\n", parts);
    }

    private void add(String name) {
        if (joined.containsKey(name)) {
            return;
        }
        if (!begun.add(name)) {
            throw new IllegalStateException("expected modules without circles, got " + name + " again among " + begun);
        }
        String text = source.apply(name);
        IMPORT.matcher(text).results().map(found -> found.group(1)).forEach(this::add);
        String bare = EXPORT.matcher(IMPORT.matcher(text).replaceAll(""))
                        .replaceAll("")
                        .strip() + "\n";
        Matcher leftOver = LEFT_OVER.matcher(bare);
        if (leftOver.find()) {
            throw new IllegalStateException("expected imports, exports and declarations of single names, got in " + name
                    + ": " + leftOver.group());
        }
        DECLARATION
                .matcher(bare)
                .results()
                .map(MatchResult::group)
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .forEach(declared -> {
                    String other = homes.put(declared, name);
                    if (other != null) {
                        throw new IllegalStateException(
                                "expected names declared once, got " + declared + " in " + other + " and " + name);
                    }
                });
        begun.remove(name);
        joined.put(name, bare);
    }
}
