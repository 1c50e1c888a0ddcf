package io.sparkperceptron.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins ES modules to one script, because a page opened from a folder cannot load modules. A module follows those that
 * it imports, without {@code import} and {@code export}. All share one scope, so no two may declare the same name at
 * their top.
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

    /** Throws IllegalStateException if imports form a cycle, two modules declare a name, or syntax is unsupported. */
    static String join(String main, UnaryOperator<String> source) {
        PageScripts scripts = new PageScripts(source);
        scripts.add(main);
        return String.join("\n", scripts.joined.values());
    }

    private void add(String name) {
        if (joined.containsKey(name)) {
            return;
        }
        if (!begun.add(name)) {
            throw new IllegalStateException("expected imports without cycles, got " + name + " again among " + begun);
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
        DECLARATION.matcher(bare).results().map(found -> found.group(1)).forEach(declared -> {
            String other = homes.put(declared, name);
            if (other != null) {
                throw new IllegalStateException(
                        "expected names declared once, got " + declared + " in " + other + " and " + name);
            }
        });
        begun.remove(name);
        joined.put(name, "// " + name + "\n" + bare);
    }
}
