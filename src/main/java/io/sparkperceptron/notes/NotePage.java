package io.sparkperceptron.notes;

import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The page of a training as HTML for a note: a link, or the page itself in a frame. */
public final class NotePage {

    /** Zeppelin's default, in bytes. */
    private static final int USUAL_LIMIT = 100 << 10;

    private static final int MOST_BYTES = 1 << 26;
    private static final int AROUND = 1 << 10;

    private NotePage() {}

    /** The number of bytes that a paragraph may print; outside Zeppelin's process, the default. */
    public static int limitHere() {
        try {
            return Class.forName("org.apache.zeppelin.interpreter.InterpreterOutput")
                    .getField("LIMIT")
                    .getInt(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return USUAL_LIMIT;
        }
    }

    /** A link to the page, or the page itself if {@code address} is blank; {@code limit} is in bytes. */
    public static String html(Folder folder, String address, int limit) {
        if (!address.isBlank()) {
            String link = HtmlTable.escaped(address.strip().replaceFirst("/+$", "") + "/" + Layout.PAGE);
            return "<a href=\"" + link + "\" target=\"_blank\">" + link + "</a>";
        }
        byte[] page = folder.read(Layout.PAGE, MOST_BYTES);
        String document = HtmlTable.escaped(new String(page, StandardCharsets.UTF_8));
        int bytes = document.getBytes(StandardCharsets.UTF_8).length + AROUND;
        String where = HtmlTable.escaped(folder.child(Layout.PAGE).toString());
        if (bytes > limit) {
            return String.format(
                    Locale.ROOT,
                    "<p>The page is %s. To be shown here it takes %,d bytes, more than the %,d that a paragraph may print: raise"
                            + " zeppelin.interpreter.output.limit in Settings, restart the interpreter and run the note again; or open the page"
                            + " in a browser of a machine that sees its folder.</p>",
                    where,
                    bytes,
                    limit);
        }
        return "<p>This is " + where
                + ".</p>\n<iframe title=\"report\" style=\"width: 100%; height: 800px; border: 0\" srcdoc=\"" + document
                + "\"></iframe>";
    }
}
