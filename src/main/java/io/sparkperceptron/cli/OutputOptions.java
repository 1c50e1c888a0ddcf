package io.sparkperceptron.cli;

import io.sparkperceptron.session.Existing;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options that say where the results go, and what happens to earlier ones there. */
final class OutputOptions {

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "folder for all results, at any Hadoop URI (default: output/DATE-TIME)")
    private String output;

    @Option(names = "--overwrite", description = "replace the results of an earlier training in that folder")
    private boolean overwrite;

    @Option(
            names = "--resume",
            description = "resume the training in that folder from its newest checkpoint, with the same options; only"
                    + " --epochs may grow. Without a checkpoint, start it")
    private boolean resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            converter = AtLeast.One.class,
            description = "number of epochs between checkpoints (default: as many as take 30 seconds)")
    Integer checkpointEvery;

    @Option(names = "--parquet", description = "also write metrics, summary and held-out scores as Parquet")
    boolean parquet;

    /** @throws IllegalArgumentException if the options contradict each other */
    void validate() {
        if (resume && overwrite) {
            throw new IllegalArgumentException("expected --resume or --overwrite, got both");
        }
        if (resume && output == null) {
            throw new IllegalArgumentException("expected the folder to resume in (--output) with --resume, got none");
        }
    }

    String uri() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("'output/'yyyyMMdd-HHmmss-SSS", Locale.ROOT);
        return output == null ? LocalDateTime.now(ZoneId.systemDefault()).format(format) : output;
    }

    Existing existing() {
        return resume ? Existing.RESUMED : overwrite ? Existing.REPLACED : Existing.REFUSED;
    }
}
