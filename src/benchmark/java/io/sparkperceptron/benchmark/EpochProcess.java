package io.sparkperceptron.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that says "epoch N/M" when it knows the metrics of epoch N, timed from its command to its end, in seconds.
 *
 * @param whole to its end
 * @param toFirst to epoch 0
 * @param toThirtieth to epoch 30
 * @param ending from the last epoch to the end
 */
record EpochProcess(double whole, double toFirst, double toThirtieth, double ending) {

    private static final Pattern EPOCH = Pattern.compile("\\bepoch (\\d+)/(\\d+) ");
    private static final int SAID = 30;

    static EpochProcess run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of(), (line, seconds) -> {});
    }

    /** Gives {@code heard} each line with the seconds until it came. */
    static EpochProcess run(List<String> command, Map<String, String> environment, ObjDoubleConsumer<String> heard)
            throws IOException, InterruptedException {
        double toFirst = Double.NaN;
        double toThirtieth = Double.NaN;
        double toLast = Double.NaN;
        Deque<String> said = new ArrayDeque<>();
        long started = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.accept(line, secondsSince(started));
                Matcher epoch = EPOCH.matcher(line);
                if (epoch.find()) {
                    toLast = secondsSince(started);
                    toFirst = epoch.group(1).equals("0") ? toLast : toFirst;
                    toThirtieth = epoch.group(1).equals("30") ? toLast : toThirtieth;
                }
                said.addLast(line);
                if (said.size() > SAID) {
                    said.removeFirst();
                }
            }
        }
        int code = process.waitFor();
        double whole = secondsSince(started);
        if (code != 0 || Double.isNaN(toLast)) {
            throw new IllegalStateException(
                    "expected " + command + " to train, but it ended with " + code + ":\n" + String.join("\n", said));
        }
        return new EpochProcess(whole, toFirst, toThirtieth, whole - toLast);
    }

    private static double secondsSince(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
