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
    /** The most pixels of all cells in a row together. */
    private static final int MOST_PIXELS = 4096;

    private static final int SMALLEST_CELL_WITH_TEXT = 40;
    /** The room for the title and for the heading of the columns. */
    private static final int TOP = 72;
    /** The room for the heading of the rows. */
    private static final int LEFT = 28;

    private static final int GAP = 10;
    /** A longer name is cut off. */
    private static final int LONGEST_NAME = 180;

    private static final int RECALL = 84;
    private static final int MARGIN = 20;
    private static final int NARROWEST = 620;
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
        Names names = names();
        int left = LEFT + names.longest() + 2 * GAP;
        int top = TOP + (names.upwards() ? names.longest() : Picture.TEXT) + GAP;
        int size = confusion.classes() * cell();
        Picture picture = new Picture(Math.max(left + size + RECALL, NARROWEST), top + size + MARGIN);
        picture.title(title, MARGIN, 24);
        picture.centred("predicted class", left + size / 2, 56, Picture.TEXT, Color.BLACK);
        picture.upwards("label", 18, top + size / 2);
        for (int label = 0; label < confusion.classes(); label++) {
            for (int prediction = 0; prediction < confusion.classes(); prediction++) {
                drawCell(picture, label, prediction, left, top);
            }
        }
        if (hasTexts()) {
            drawNames(picture, names, left, top);
        }
        return picture;
    }

    /**
     * The names of the classes beside the cells; none if cells are too small for texts.
     *
     * @param longest the width of the longest, in pixels
     * @param upwards whether names of columns run upwards, because some are wider than a cell
     */
    private record Names(List<String> texts, int longest, boolean upwards) {}

    private Names names() {
        Picture ruler = new Picture(1, 1);
        List<String> texts = IntStream.range(0, hasTexts() ? confusion.classes() : 0)
                .mapToObj(label -> ruler.fitting(labels.text(label), LONGEST_NAME))
                .toList();
        int longest = texts.stream()
                .mapToInt(text -> ruler.width(text, Picture.TEXT))
                .max()
                .orElse(0);
        return new Names(texts, longest, longest > cell());
    }

    private void drawNames(Picture picture, Names names, int left, int top) {
        int right = left + confusion.classes() * cell() + RECALL / 2;
        picture.centred("recall", right, top - GAP - Picture.TEXT / 2, Picture.SMALL_TEXT, Color.BLACK);
        for (int label = 0; label < confusion.classes(); label++) {
            int middle = label * cell() + cell() / 2;
            String name = names.texts().get(label);
            int width = picture.width(name, Picture.TEXT);
            if (names.upwards()) {
                picture.upwards(name, left + middle, top - GAP - width / 2);
            } else {
                picture.centred(name, left + middle, top - GAP - Picture.TEXT / 2, Picture.TEXT, Color.BLACK);
            }
            picture.text(name, left - GAP - width, top + middle, Picture.TEXT, Color.BLACK);
            String recall = confusion.labelled(label) == 0
                    ? "-"
                    : String.format(Locale.ROOT, "%.1f %%", 100 * confusion.recall(label));
            picture.centred(recall, right, top + middle, Picture.SMALL_TEXT, Color.BLACK);
        }
    }

    private void drawCell(Picture picture, int label, int prediction, int left, int top) {
        long count = confusion.count(label, prediction);
        double share = count / (double) Math.max(1, confusion.labelled(label));
        boolean right = label == prediction;
        Color fill = right && count > 0
                ? Colours.towards(Colours.SERIES[0], 0.25 + 0.75 * share)
                : Colours.towards(Colours.SERIES[1], share / FULL_COLOUR);
        int x = left + prediction * cell();
        int y = top + label * cell();
        int inner = Math.max(1, cell() - 1);
        picture.fill(x, y, inner, inner, fill);
        if (hasTexts()) {
            Color text = right && share > 0.5 ? Color.WHITE : count == 0 ? Picture.SOFT : Color.BLACK;
            picture.centred(Long.toString(count), x + cell() / 2, y + cell() / 2, Picture.TEXT, text);
        }
    }

    private boolean hasTexts() {
        return cell() >= SMALLEST_CELL_WITH_TEXT;
    }

    /** The side of a cell. */
    private int cell() {
        return Math.max(1, Math.min(LARGEST_CELL, MOST_PIXELS / confusion.classes()));
    }
}
