package io.sparkperceptron.report;

import io.sparkperceptron.storage.JsonFile;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * {@code report.html}: a template filled with style, scripts, uPlot and data. The page needs no other file. Its
 * security policy names the hashes of the styles and scripts; a browser runs no others.
 */
final class Page {

    private Page() {}

    static String text(PageContent content) {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        String uplotStyle = PageTemplate.resource(uplot + "uPlot.min.css");
        String uplotScript = PageTemplate.resource(uplot + "uPlot.iife.min.js");
        String style = PageTemplate.own("page.css");
        String script = PageScripts.join("main.js", PageTemplate::own);
        Map<String, String> parts = Map.ofEntries(
                Map.entry("UPLOT_STYLE", uplotStyle),
                Map.entry("STYLE", style),
                Map.entry("UPLOT_SCRIPT", uplotScript),
                Map.entry("SCRIPT", script),
                Map.entry("STYLE_HASHES", PageTemplate.hash(uplotStyle) + " " + PageTemplate.hash(style)),
                Map.entry("SCRIPT_HASHES", PageTemplate.hash(uplotScript) + " " + PageTemplate.hash(script)),
                Map.entry("DATA", JsonFile.compact(content).replace("<", "\\u003c")),
                Map.entry("TITLE", PageTemplate.escaped(content.title())));
        return PageTemplate.fill("page.html", parts);
    }

    /** Maven writes the version of its dependency there. */
    private static String uplotVersion() {
        return ResourceBundle.getBundle("io.sparkperceptron.report.build", Locale.ROOT)
                .getString("uplot");
    }
}
