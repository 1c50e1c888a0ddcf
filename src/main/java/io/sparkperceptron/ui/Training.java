package io.sparkperceptron.ui;

import io.sparkperceptron.ui.TrainingEvent.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.util.kvstore.KVIndex;
import org.apache.spark.util.kvstore.KVStore;
import org.apache.spark.util.kvstore.KVStoreIterator;

/**
 * What the store of Spark's UI keeps of a training, besides its {@link Epoch}s.
 *
 * @param placed the last entry is where the blocks lie now
 * @param judged null before the first verdict
 * @param ended null while the training goes on
 */
record Training(
        TrainingEvent.Started started,
        List<TrainingEvent.Left> left,
        List<TrainingEvent.Placed> placed,
        TrainingEvent.Judged judged,
        TrainingEvent.Ended ended) {

    /** Executors that come and go all day must not fill the store. */
    private static final int MOST_PLACES = 100;

    Training(TrainingEvent.Started started) {
        this(started, List.of(), List.of(), null, null);
    }

    @KVIndex
    public int key() {
        return started.training();
    }

    Training with(TrainingEvent event) {
        return new Training(
                started,
                event instanceof TrainingEvent.Left run ? with(left, run) : left,
                event instanceof TrainingEvent.Placed places
                        ? with(placed.subList(Math.max(0, placed.size() - MOST_PLACES + 1), placed.size()), places)
                        : placed,
                event instanceof TrainingEvent.Judged verdicts ? verdicts : judged,
                event instanceof TrainingEvent.Ended end ? end : ended);
    }

    private static <T> List<T> with(List<T> list, T next) {
        return Stream.concat(list.stream(), Stream.of(next)).toList();
    }

    /** The trainings in a store, oldest first. */
    static List<Training> all(KVStore store) {
        return range(store, Training.class, 0, Integer.MAX_VALUE);
    }

    /** The stored epochs, ascending. A long training has not all of them. */
    List<Epoch> epochs(KVStore store) {
        return range(store, Epoch.class, Epoch.key(key(), 0), Epoch.key(key(), Integer.MAX_VALUE));
    }

    private static <T> List<T> range(KVStore store, Class<T> type, Object first, Object last) {
        List<T> found = new ArrayList<>();
        try (KVStoreIterator<T> each = store.view(type).first(first).last(last).closeableIterator()) {
            each.forEachRemaining(found::add);
            return found;
        } catch (Exception e) {
            throw new IllegalStateException("cannot read the store of Spark's UI", e);
        }
    }
}
