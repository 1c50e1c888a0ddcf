package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ModelStack;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.model.NpyFormat.Matrix;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code film/epoch-000010.npy}: the weights after 1, 2, 5, 10, 20, 50, ... updates, and those of the start unless they are all
 * zero, so that it can be seen later how they came about. R C x (d+1) doubles, the runs in the plan's order, the bias last; a
 * run that has left keeps its rows. There is no film where one frame would take more than {@value #MOST_BYTES} bytes.
 */
public final class FilmFiles implements TrainingListener {

    public static final String FOLDER = "film";

    private static final long MOST_BYTES = 64L << 20;
    private static final Pattern NAME = Pattern.compile("epoch-(\\d{6,9})\\.npy");

    private final Folder folder;
    private final List<Run> runs;
    private final int features;
    private final int classes;
    private final boolean startShown;

    /**
     * The film of one training.
     *
     * @param output the training's folder
     */
    public FilmFiles(Folder output, TrainingPlan plan, int features, int classes) {
        this.folder = output.child(FOLDER);
        this.runs = plan.runs();
        this.features = features;
        this.classes = classes;
        this.startShown = plan.start().sigma() > 0;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (isFrame(state.epoch())) {
            folder.write(name(state.epoch()), out -> ModelStack.write(runs, state::model, classes, features, out));
        }
    }

    /** The epochs of the frames that are there, ascending. */
    public List<Integer> epochs() {
        List<Integer> epochs = new ArrayList<>();
        for (String name : folder.names()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                epochs.add(Integer.valueOf(matcher.group(1)));
            }
        }
        epochs.sort(null);
        return epochs;
    }

    /**
     * The weights of all runs at an epoch, in the plan's order.
     *
     * @throws UserException if the frame is damaged, or is of other runs
     */
    public List<PerceptronModel> frame(int epoch) {
        String name = name(epoch);
        String where = folder.child(name).uri();
        Matrix stack = folder.read(name, (in, length) -> NpyFormat.read(in, length, where));
        if (stack.rows() != runs.size() * classes || stack.columns() != features + 1) {
            throw new UserException("Expected " + runs.size() * classes + " x " + (features + 1) + " weights in "
                    + where + ", found " + stack.rows() + " x " + stack.columns());
        }
        List<PerceptronModel> models = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            models.add(ModelStack.get(stack, classes, run));
        }
        return models;
    }

    private static String name(int epoch) {
        return String.format(Locale.ROOT, "epoch-%06d.npy", epoch);
    }

    private boolean isFrame(int epoch) {
        long bytes = (long) Double.BYTES * runs.size() * classes * (features + 1);
        if (bytes > MOST_BYTES) {
            return false;
        }
        int leading = epoch;
        while (leading >= 10 && leading % 10 == 0) {
            leading /= 10;
        }
        return epoch == 0 ? startShown : leading == 1 || leading == 2 || leading == 5;
    }
}
