package io.sparkperceptron.report;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The confusion matrix: a row for each label, a column for each prediction, coloured by the fraction of its row. */
record ConfusionPicture(ConfusionMatrix confusion, ClassLabels labels) {

    private static final int LARGEST_CELL = 60;
    private static final int MOST_CHARACTERS = 7;
    /** The most pixels of all cells in a row together. */
    private static final int MOST_PIXELS = 4096;

    private static final int SMALLEST_CELL_WITH_TEXT = 40;
    private static final int HEADER = 96;
    private static final int SIDE = 72;
    private static final int RECALL = 84;
    private static final int MARGIN = 20;
    /** A wrong cell has full colour from this share of its row's examples on. */
    private static final double FULL_COLOUR = 0.1;

    void write(Folder folder, String title) {
        List<Integer> classes = IntStream.range(0, confusion.classes()).boxed().toList();
        List<Column<Integer>> columns = new ArrayList<>();
        columns.add(Column.text("label", label -> labels.cell("", label)));
        classes.forEach(prediction -> columns.add(
                Column.whole(labels.cell("predicted_", prediction), label -> confusion.count(label, prediction))));
        folder.write(Layout.CONFUSION_TABLE, new Table<>(columns).text(classes));
        draw(title).write(folder, Layout.CONFUSION_PICTURE);
    }

    private Picture draw(String title) {
        int classes = confusion.classes();
        int size = classes * cell();
        Picture picture = new Picture(Math.max(SIDE + size + RECALL, 620), HEADER + size + MARGIN);
        picture.text(title, MARGIN, 24, Picture.TITLE, Color.BLACK);
        picture.centred("put in class", SIDE + size / 2, 56, Picture.TEXT, Color.BLACK);
        picture.upwards("label", 18, HEADER + size / 2, Picture.TEXT);
        for (int label = 0; label < classes; label++) {
            for (int prediction = 0; prediction < classes; prediction++) {
                drawCell(picture, label, prediction);
            }
        }
        if (cell() >= SMALLEST_CELL_WITH_TEXT) {
            drawNames(picture);
        }
        return picture;
    }

    private void drawNames(Picture picture) {
        int right = SIDE + confusion.classes() * cell() + RECALL / 2;
        picture.centred("found", right, HEADER - 14, Picture.SMALL_TEXT, Color.BLACK);
        for (int label = 0; label < confusion.classes(); label++) {
            int middle = label * cell() + cell() / 2;
            String name = labels.text(label);
            name = name.length() > MOST_CHARACTERS ? name.substring(0, MOST_CHARACTERS - 1) + "\u2026" : name;
            picture.centred(name, SIDE + middle, HEADER - 14, Picture.TEXT, Color.BLACK);
            picture.centred(name, SIDE - 18, HEADER + middle, Picture.TEXT, Color.BLACK);
            String recall = confusion.labelled(label) == 0
                    ? "-"
                    : String.format(Locale.ROOT, "%.1f %%", 100 * confusion.recall(label));
            picture.centred(recall, right, HEADER + middle, Picture.SMALL_TEXT, Color.BLACK);
        }
    }

    private void drawCell(Picture picture, int label, int prediction) {
        long count = confusion.count(label, prediction);
        double share = count / (double) Math.max(1, confusion.labelled(label));
        boolean right = label == prediction;
        Color fill = right
                ? Colours.towards(Colours.SERIES[0], 0.25 + 0.75 * share)
                : Colours.towards(Colours.SERIES[1], share / FULL_COLOUR);
        int x = SIDE + prediction * cell();
        int y = HEADER + label * cell();
        int inner = Math.max(1, cell() - 1);
        picture.fill(x, y, inner, inner, fill);
        if (cell() >= SMALLEST_CELL_WITH_TEXT) {
            Color text = right && share > 0.5 ? Color.WHITE : count == 0 ? Color.LIGHT_GRAY : Color.BLACK;
            picture.centred(Long.toString(count), x + cell() / 2, y + cell() / 2, Picture.TEXT, text);
        }
    }

    /** The side of a cell. */
    private int cell() {
        return Math.max(1, Math.min(LARGEST_CELL, MOST_PIXELS / confusion.classes()));
    }
}
