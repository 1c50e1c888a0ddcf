package io.sparkperceptron.report;

import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.SummaryTable;
import io.sparkperceptron.storage.Folder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes curves, each run's pictures, {@code summary.csv} and {@code report.html} from the folder of a finished
 * training. By default only the best {@value #MOST_DRAWN} runs have pictures.
 */
public final class Report {

    /** Drawing a run's pictures, about 15, takes a fifth of a second. */
    public static final int MOST_DRAWN = 20;
    /** Each thread may hold a large picture in memory. */
    private static final int MOST_THREADS = 4;

    private Report() {}

    /** The same as {@link #write(Outcome, int)} with {@value #MOST_DRAWN} runs. */
    public static void write(Outcome outcome) {
        write(outcome, MOST_DRAWN);
    }

    /** Draws pictures of the best {@code mostDrawn} runs. The page is written last: where it is, all files are. */
    public static void write(Outcome outcome, int mostDrawn) {
        Optional<ImageSheet> examples = outcome.examples();
        Folder curves = outcome.folder().child(Layout.CURVES);
        AtomicReference<String> page = new AtomicReference<>();
        List<Runnable> parts = new ArrayList<>();
        parts.add(() -> page.set(Page.text(new PageData(outcome).content())));
        Charts.warnIfNone();
        if (Charts.canBeDrawn()) {
            parts.add(() -> Curves.write(new Curves(outcome.runs()).errors(), curves, "error"));
            parts.add(() -> Curves.write(new Curves(outcome.runs()).costs(), curves, "cost"));
        }
        outcome.runs().stream()
                .filter(run -> !run.diverged())
                .sorted(Comparator.comparingDouble(run -> run.best().error()))
                .limit(mostDrawn)
                .forEach(run -> parts.add(() -> new RunPictures(outcome, run, examples).write()));
        runInParallel(parts);
        SummaryTable.write(outcome);
        outcome.folder().write(Layout.PAGE, page.get());
    }

    /** Waits until all tasks have ended, then throws the exception of the first failed task in the list. */
    static void runInParallel(List<Runnable> parts) {
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CompletableFuture<?>[] running = parts.stream()
                    .map(part -> CompletableFuture.runAsync(part, pool))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(running).exceptionally(failure -> null).join();
            Arrays.stream(running).forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            pool.shutdown();
        }
    }
}
