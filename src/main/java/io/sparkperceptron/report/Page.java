package io.sparkperceptron.report;

import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * {@code report.html}: the template with its style, its scripts, uPlot and the data put in, so that it needs no other file. Its security
 * policy names the hashes of these styles and scripts; a browser runs no others.
 */
final class Page {

    private static final String MAIN = "main.js";

    private final String text;

    private Page(String text) {
        this.text = text;
    }

    static Page of(PageData data) {
        return new Page(text(data));
    }

    void write(Folder folder) {
        folder.write(Layout.PAGE, text);
    }

    private static String text(PageData data) {
        PageContent content = data.content();
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        String uplotStyle = PageTemplate.resource(uplot + "uPlot.min.css");
        String uplotScript = PageTemplate.resource(uplot + "uPlot.iife.min.js");
        String style = PageTemplate.own("page.css");
        String script = PageScripts.join(MAIN, PageTemplate::own);
        Map<String, String> parts = Map.of(
                "UPLOT_STYLE",
                uplotStyle,
                "STYLE",
                style,
                "UPLOT_SCRIPT",
                uplotScript,
                "SCRIPT",
                script,
                "STYLE_HASHES",
                PageTemplate.hash(uplotStyle) + " " + PageTemplate.hash(style),
                "SCRIPT_HASHES",
                PageTemplate.hash(uplotScript) + " " + PageTemplate.hash(script),
                "DATA",
                JsonFile.compact(content).replace("<", "\\u003c"),
                "TITLE",
                PageTemplate.escaped(content.title()));
        return PageTemplate.fill("page.html", parts);
    }

    /** Maven puts it there, so that the version stands in one place. */
    private static String uplotVersion() {
        Properties build = new Properties();
        try {
            build.load(new StringReader(PageTemplate.own("build.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("uplot");
    }
}
