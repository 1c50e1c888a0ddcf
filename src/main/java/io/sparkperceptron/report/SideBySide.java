package io.sparkperceptron.report;

import java.util.Arrays;
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
