package io.sparkperceptron.analysis;

import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one run makes of a set. Evaluations of parts of the set merge, in any order, to that of the whole. */
public final class Evaluation implements Serializable {

    private final ConfusionMatrix confusion;
    private final long[] binaryErrors;
    private final int mostMistakes;
    private final boolean keepImages;
    private List<Mistake> mistakes = new ArrayList<>();

    /**
     * @param mostMistakes how many of the most confident mistakes to keep
     * @param keepImages whether their features are images, to be kept too
     */
    public Evaluation(int classes, int mostMistakes, boolean keepImages) {
        this.confusion = new ConfusionMatrix(classes);
        this.binaryErrors = new long[classes];
        this.mostMistakes = mostMistakes;
        this.keepImages = keepImages;
    }

    /**
     * Takes in a row of a block. Modified: this.
     *
     * @param scores of that row
     * @param run which of the runs in the scores this evaluates
     */
    public void add(ExampleBlock block, int row, RowScores scores, int run) {
        int label = block.label(row);
        int prediction = scores.predicted(run);
        confusion.add(label, prediction);
        int classes = confusion.classes();
        for (int c = 0; c < classes; c++) {
            if (scores.z(run * classes + c) > 0 != (c == label)) {
                binaryErrors[c]++;
            }
        }
        if (prediction != label && mostMistakes > 0) {
            addMistake(block, row, prediction, scores.z(run * classes + prediction));
        }
    }

    /** Takes in another part of the set. Modified: this. */
    public Evaluation merge(Evaluation other) {
        confusion.merge(other.confusion);
        for (int c = 0; c < binaryErrors.length; c++) {
            binaryErrors[c] += other.binaryErrors[c];
        }
        mistakes.addAll(other.mistakes);
        keepMostConfident();
        return this;
    }

    public ConfusionMatrix confusion() {
        return confusion;
    }

    /**
     * The fraction of examples for which the perceptron of class {@code label}, asked by itself whether they are of its
     * class (yes if z > 0), is wrong.
     */
    public double binaryError(int label) {
        return binaryErrors[label] / (double) confusion.total();
    }

    /** The most confident mistakes, most confident first. */
    public List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    private void addMistake(ExampleBlock block, int row, int prediction, double z) {
        boolean full = mistakes.size() == mostMistakes;
        if (full && z < mistakes.get(mostMistakes - 1).z()) {
            return;
        }
        float[] image = keepImages ? dense(block, row) : new float[0];
        mistakes.add(new Mistake(block.globalRow(row), block.label(row), prediction, z, image));
        keepMostConfident();
    }

    private void keepMostConfident() {
        mistakes.sort(Mistake.MOST_CONFIDENT_FIRST);
        if (mistakes.size() > mostMistakes) {
            mistakes = new ArrayList<>(mistakes.subList(0, mostMistakes));
        }
    }

    private static float[] dense(ExampleBlock block, int row) {
        int[] columns = new int[block.entries(row)];
        double[] values = new double[block.entries(row)];
        int count = block.unpack(row, row + 1, columns, values);
        float[] image = new float[block.features()];
        for (int k = 0; k < count; k++) {
            image[columns[k]] = (float) values[k];
        }
        return image;
    }
}
