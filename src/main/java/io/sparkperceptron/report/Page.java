package io.sparkperceptron.report;

import io.sparkperceptron.UserException;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code report.html}: the template with its style, its scripts, uPlot and the data put in, so that it needs no other file. */
final class Page {

    private static final String PLACE = "/io/sparkperceptron/report/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Pattern SCRIPTS = Pattern.compile("<!-- scripts: (.*?) -->\\n?");
    private static final Pattern MARKER =
            Pattern.compile("/\\*(UPLOT_CSS|PAGE_CSS|UPLOT_JS|PAGE_JS|DATA)\\*/|<!--(TITLE)-->");

    private final PageData data;

    Page(PageData data) {
        this.data = data;
    }

    void write(Folder folder) {
        folder.write(Layout.PAGE, text());
    }

    private String text() {
        String template = resource(PLACE + "page.html");
        Matcher scripts = SCRIPTS.matcher(template);
        if (!scripts.find()) {
            throw new IllegalStateException("the page's template names no scripts");
        }
        List<String> names = Arrays.asList(scripts.group(1).split(",\\s*"));
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("UPLOT_CSS", resource(UPLOT + "uPlot.min.css"));
        parts.put("PAGE_CSS", resource(PLACE + "page.css"));
        parts.put("UPLOT_JS", resource(UPLOT + "uPlot.iife.min.js"));
        parts.put("PAGE_JS", names.stream().map(name -> resource(PLACE + name)).collect(Collectors.joining("\n")));
        parts.put("DATA", JsonFile.compact(data.tree()).replace("<", "\\u003c"));
        parts.put("TITLE", escaped(data.title()));
        return MARKER.matcher(scripts.replaceFirst(""))
                .replaceAll(marker -> Matcher.quoteReplacement(
                        parts.get(marker.group(1) != null ? marker.group(1) : marker.group(2))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException("Cannot read " + name + " in the jar: " + UserException.reason(e), e);
        }
    }
}
