package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.Checkpoint;
import io.sparkperceptron.results.CheckpointFiles;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.results.MetricsFile;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.FolderLock;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a training writes to, and what an earlier one has left there. */
public final class OutputFolder implements TrainingListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);
    /** What a training makes of its last epoch. */
    private static final List<String> OUTCOME = Stream.concat(
                    Stream.of("models", "images", "curves"), Report.FILES.stream())
            .toList();
    /** What it leaves besides; the record goes last and comes first, so that whatever is there has one. */
    private static final List<String> COURSE =
            List.of(CheckpointFiles.FOLDER, FilmFiles.FOLDER, MetricsFile.NAME, RunRecord.NAME);

    private final Folder folder;
    private final Existing existing;
    private final FolderLock lock;

    /**
     * Makes sure that results can go there, that nothing but results would be replaced, and that nobody else writes there until
     * this is closed. Nothing is removed yet.
     *
     * @throws UserException if not
     */
    public OutputFolder(String uri, Existing existing, Configuration configuration) throws InterruptedException {
        this.folder = Folder.at(uri, configuration);
        this.existing = existing;
        requireUsable();
        this.lock = FolderLock.acquire(folder);
    }

    public Folder folder() {
        return folder;
    }

    /**
     * Makes sure that this is still the only one to write here.
     *
     * @throws UserException if somebody else has begun to
     */
    @Override
    public void epochStarted(TrainingState state) {
        lock.requireHeld();
    }

    @Override
    public void close() {
        lock.close();
    }

    private void requireUsable() {
        List<String> names =
                folder.names().stream().filter(name -> !isLeftBehind(name)).toList();
        if (existing != Existing.REFUSED) {
            requireEarlierResults(names);
        } else if (!names.isEmpty()) {
            throw new UserException("Expected a new folder for the results, but " + folder.uri()
                    + " exists; name another with --output, replace it with --overwrite, or go on with --resume");
        }
        folder.requireWritable();
    }

    /**
     * Makes ready for a training: removes what it replaces, and writes its record.
     *
     * @return where an earlier training goes on from, if that is asked for
     * @throws UserException if the earlier training was another
     */
    Optional<Checkpoint> prepare(RunRecord record, CheckpointFiles checkpoints) {
        requireUsable();
        Optional<Checkpoint> earlier = existing == Existing.RESUMED ? earlier(record, checkpoints) : Optional.empty();
        OUTCOME.forEach(folder::delete);
        if (earlier.isPresent()) {
            int epoch = earlier.get().state().epoch();
            checkpoints.removeAfter(epoch);
            record.setResumed(epoch);
        } else {
            COURSE.forEach(folder::delete);
        }
        record.write(folder);
        return earlier;
    }

    private Optional<Checkpoint> earlier(RunRecord record, CheckpointFiles checkpoints) {
        if (!folder.holds(RunRecord.NAME)) {
            LOG.info("There is nothing in {} to go on with; beginning", folder.uri());
            return Optional.empty();
        }
        requireSame(RunRecord.identity(folder), record.identity());
        Optional<Checkpoint> earlier = checkpoints.newest();
        earlier.ifPresentOrElse(
                checkpoint ->
                        LOG.info("Going on with epoch {}", checkpoint.state().epoch()),
                () -> LOG.info("There is no checkpoint in {} yet; beginning again", folder.uri()));
        return earlier;
    }

    private void requireSame(Map<String, String> earlier, Map<String, String> now) {
        now.forEach((what, value) -> {
            if (!value.equals(earlier.get(what))) {
                throw new UserException("To go on with the training in " + folder.uri() + ", expected its " + what
                        + ", " + earlier.get(what) + ", found " + value
                        + "; give the same, or train into another folder with --output");
            }
        });
    }

    private void requireEarlierResults(List<String> names) {
        if (!names.isEmpty() && !names.contains(RunRecord.NAME)) {
            throw new UserException("Expected the results of an earlier training in " + folder.uri() + ", found no "
                    + RunRecord.NAME + "; name another folder with --output");
        }
        for (String name : names) {
            if (!OUTCOME.contains(name) && !COURSE.contains(name)) {
                throw new UserException("Expected only the results of an earlier training in " + folder.uri()
                        + ", found '" + name + "'; remove it, or name another folder with --output");
            }
        }
    }

    /** The lock, and files that a killed process was writing; they are written over. */
    private static boolean isLeftBehind(String name) {
        return name.equals(FolderLock.NAME) || Folder.isTemporary(name);
    }
}
