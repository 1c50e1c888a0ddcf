package io.sparkperceptron.notebook;

import java.io.IOException;

/** What Zeppelin does with {@code %spark.conf}: after the start of the interpreter, it takes the same text only. */
final class InterpreterSettings {

    private String text;
    private boolean launched;

    void run(String settings) throws IOException {
        if (launched && !settings.equals(text)) {
            throw new IOException(
                    "Can not change interpreter properties when interpreter process has already been launched");
        }
        text = settings;
    }

    /** The first paragraph of another kind starts the process. */
    void launch() {
        launched = true;
    }
}
