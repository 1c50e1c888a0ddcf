package io.sparkperceptron.report;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs independent tasks on a few threads. */
final class SideBySide {

    /** Each thread may hold a large picture in memory. */
    private static final int MOST_THREADS = 4;

    private SideBySide() {}

    /** Waits until all tasks have ended, then throws the exception of the first failed task in the list. */
    static void run(List<Runnable> parts) {
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
