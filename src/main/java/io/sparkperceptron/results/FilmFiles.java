package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ModelStack;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.model.NpyFormat.Matrix;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Film;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code film/epoch-000010.npy}: a frame of the {@link Film}, R C x (d+1) doubles, the runs in the plan's order, bias
 * last. A run that has left keeps its rows.
 */
public record FilmFiles(Folder output, TrainingPlan plan, int features, int classes) implements TrainingListener, Film {

    @Override
    public void epochStarted(TrainingState state) {
        if (Film.hasFrame(state.epoch(), plan, features, classes)) {
            folder().write(
                            Layout.frame(state.epoch()),
                            out -> ModelStack.write(plan.runs(), state::model, classes, features, out));
        }
    }

    @Override
    public List<Integer> epochs() {
        return Layout.epochs(folder());
    }

    @Override
    public List<PerceptronModel> frame(int epoch) {
        String name = Layout.frame(epoch);
        String where = folder().child(name).uri();
        Matrix stack = folder().read(name, (in, length) -> NpyFormat.read(in, length, where));
        int runs = plan.runs().size();
        if (stack.rows() != runs * classes || stack.columns() != features + 1) {
            throw new UserException("Expected " + runs * classes + " x " + (features + 1) + " weights in " + where
                    + ", found " + stack.rows() + " x " + stack.columns());
        }
        return IntStream.range(0, runs)
                .mapToObj(run -> ModelStack.get(stack, classes, run))
                .toList();
    }

    private Folder folder() {
        return output.child(Layout.FILM);
    }
}
