package io.sparkperceptron.session;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.results.CheckpointFiles;
import io.sparkperceptron.results.CheckpointFiles.Checkpoint;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.TrainingRecord;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.FolderLock;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a training writes to, and the results of an earlier training there. */
public final class OutputFolder implements TrainingListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

    private final Folder folder;
    private final Existing existing;
    private final FolderLock lock;
    /** Whether the training has written its record. */
    private volatile boolean begun;

    /**
     * Checks that the folder can be written and holds nothing but results, and locks it until this is closed. Removes
     * nothing. Throws UserException if a check fails, or another process has locked the folder.
     */
    public OutputFolder(String uri, Existing existing, Configuration configuration) throws InterruptedException {
        Folder place = Folder.at(uri, configuration);
        this.existing = existing;
        this.folder = place.guardedBy(() -> requireMine(place));
        requireUsable();
        this.lock = FolderLock.acquire(place);
    }

    /** On an object store only the lock is checked: a store has no folders, and each request costs money. */
    private void requireMine(Folder place) {
        lock.confirm();
        if (begun && !place.isStore() && !place.holds(Layout.RECORD)) {
            throw new UserException("Expected " + place.child(Layout.RECORD).uri()
                    + " while a training writes to its folder, found it removed; train again");
        }
    }

    /** The folder. Writing to it fails once another process has locked it, or somebody has removed it. */
    public Folder folder() {
        return folder;
    }

    /** @throws UserException if another process has locked the folder */
    @Override
    public void epochStarted(TrainingState state) {
        lock.requireHeld();
    }

    @Override
    public void close() {
        lock.close();
    }

    private void requireUsable() {
        // The training overwrites the lock and the temporary files of a killed process.
        List<String> names = folder.names().stream()
                .filter(name -> !name.equals(FolderLock.NAME) && !Folder.isTemporary(name))
                .toList();
        if (!names.isEmpty() && existing == Existing.REFUSED) {
            throw new UserException(
                    "Expected a new folder for the results, but " + folder.uri() + " exists",
                    Remedy.OTHER_FOLDER_OR_RESUME_OR_REPLACE);
        }
        String where = folder.uri() + ", found ";
        if (!names.isEmpty() && !names.contains(Layout.RECORD)) {
            throw new UserException(
                    "Expected the results of an earlier training in " + where + "no " + Layout.RECORD,
                    Remedy.OTHER_FOLDER);
        }
        for (String name : names) {
            if (!Layout.has(name)) {
                throw new UserException(
                        "Expected only the results of an earlier training in " + where + "'" + name + "'; remove it",
                        Remedy.OTHER_FOLDER);
            }
        }
        folder.requireWritable();
    }

    /**
     * Finds the checkpoint to resume from, if the training is to resume. Removes nothing. Throws UserException if the
     * folder holds other files than results, or an earlier training with other options.
     */
    Optional<Checkpoint> earlier(TrainingRecord record, CheckpointFiles checkpoints) {
        requireUsable();
        if (existing != Existing.RESUMED) {
            return Optional.empty();
        }
        if (!folder.holds(Layout.RECORD)) {
            LOG.info("There is no training in {} to resume; starting a new one", folder);
            return Optional.empty();
        }
        requireSame(TrainingRecord.read(folder), record);
        Optional<Checkpoint> earlier = checkpoints.newest();
        earlier.ifPresentOrElse(
                checkpoint ->
                        LOG.info("Going on with epoch {}", checkpoint.state().epoch()),
                () -> LOG.info("There is no checkpoint in {} yet; starting again at epoch 0", folder));
        return earlier;
    }

    /**
     * Removes the results that the training replaces, and writes its record. All checks must come before this.
     *
     * @param epoch the epoch of the checkpoint that the training resumes from; -1 if it begins
     */
    void begin(TrainingRecord record, CheckpointFiles checkpoints, int epoch) {
        Layout.deleteFinalFiles(folder);
        if (epoch >= 0) {
            checkpoints.removeAfter(epoch);
        } else {
            Layout.deleteTrainingFiles(folder);
        }
        record.write(folder);
        begun = true;
    }

    private void requireSame(TrainingRecord earlier, TrainingRecord now) {
        Map<String, TrainingRecord.Trait> given = byName(now.identity());
        Map<String, TrainingRecord.Trait> all = byName(earlier.identity());
        // A trait that only one of them has is an option that the other does not use.
        given.forEach((name, trait) -> all.putIfAbsent(name, trait.absent()));
        all.forEach((name, expected) -> {
            String value = given.getOrDefault(name, expected.absent()).value();
            if (!value.equals(expected.value())) {
                throw new UserException(
                        "To go on with the training in " + folder.uri() + ", expected its " + name + ", "
                                + expected.value() + ", found " + value,
                        expected.option());
            }
        });
    }

    private static Map<String, TrainingRecord.Trait> byName(List<TrainingRecord.Trait> traits) {
        Map<String, TrainingRecord.Trait> named = new LinkedHashMap<>();
        traits.forEach(trait -> named.put(trait.name(), trait));
        return named;
    }
}
