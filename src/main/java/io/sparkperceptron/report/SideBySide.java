package io.sparkperceptron.report;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does things that do not depend on each other on a few threads. */
final class SideBySide {

    /** Each may hold a picture of some size. */
    private static final int MOST_THREADS = 4;

    private SideBySide() {}

    /**
     * Does all of them; when this returns, or throws, none is still at work.
     *
     * @throws RuntimeException what the first of them to fail, in their order, has thrown
     */
    static void run(List<Runnable> parts) {
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Void>> running = parts.stream()
                    .map(part -> CompletableFuture.runAsync(part, pool))
                    .toList();
            RuntimeException failure = null;
            for (CompletableFuture<Void> part : running) {
                RuntimeException failed = failureOf(part);
                failure = failure == null ? failed : failure;
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Waits for it. Null if it went well. */
    private static RuntimeException failureOf(CompletableFuture<Void> part) {
        try {
            part.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
