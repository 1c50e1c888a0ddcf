package io.sparkperceptron.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Python process that times epochs with numpy and PyTorch, where the machine has them. */
final class PythonEpochs implements AutoCloseable {

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final Map<String, String> libraries = new LinkedHashMap<>();

    PythonEpochs(String python, String script, String data) throws IOException {
        process = new ProcessBuilder(python, script, data)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = answers.readLine(); line != null && !line.equals("ready"); line = answers.readLine()) {
            int space = line.indexOf(' ');
            libraries.put(line.substring(0, space), line.substring(space + 1));
        }
    }

    /** The libraries it found, with their versions. */
    Map<String, String> libraries() {
        return libraries;
    }

    /** The median seconds of so many epochs. */
    double seconds(String library, String type, int columns, int epochs) {
        try {
            requests.write(library + " " + type + " " + columns + " " + epochs + "\n");
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("Python ended early, see above");
            }
            return Double.parseDouble(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
