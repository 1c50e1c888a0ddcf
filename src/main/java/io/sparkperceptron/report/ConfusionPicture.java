package io.sparkperceptron.report;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.util.Locale;

/** The confusion matrix: a row for each label, a column for each prediction, coloured by the fraction of its row. */
final class ConfusionPicture {

    private static final int CELL = 60;
    private static final int HEADER = 96;
    private static final int SIDE = 72;
    private static final int RECALL = 84;
    private static final int MARGIN = 20;
    /** The share of a row's examples in one wrong class that is shown in full colour. */
    private static final double FULL_COLOUR = 0.1;

    private final ConfusionMatrix confusion;

    ConfusionPicture(ConfusionMatrix confusion) {
        this.confusion = confusion;
    }

    /** Writes {@code confusion.csv} and {@code confusion.png}. */
    void write(Folder folder, String title) {
        folder.write("confusion.csv", csv());
        draw(title).write(folder, "confusion.png");
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("label");
        for (int prediction = 0; prediction < confusion.classes(); prediction++) {
            csv.append(",predicted_").append(prediction);
        }
        csv.append('\n');
        for (int label = 0; label < confusion.classes(); label++) {
            csv.append(label);
            for (int prediction = 0; prediction < confusion.classes(); prediction++) {
                csv.append(',').append(confusion.count(label, prediction));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private Picture draw(String title) {
        int classes = confusion.classes();
        int size = classes * CELL;
        Picture picture = new Picture(Math.max(SIDE + size + RECALL, 620), HEADER + size + MARGIN);
        picture.text(title, MARGIN, 24, Picture.TITLE, Color.BLACK);
        picture.centred("put in class", SIDE + size / 2, 56, Picture.TEXT, Color.BLACK);
        picture.upwards("label", 18, HEADER + size / 2, Picture.TEXT);
        picture.centred("found", SIDE + size + RECALL / 2, HEADER - 14, Picture.SMALL_TEXT, Color.BLACK);
        for (int i = 0; i < classes; i++) {
            int middle = i * CELL + CELL / 2;
            picture.centred(Integer.toString(i), SIDE + middle, HEADER - 14, Picture.TEXT, Color.BLACK);
            picture.centred(Integer.toString(i), SIDE - 18, HEADER + middle, Picture.TEXT, Color.BLACK);
            String recall = String.format(Locale.ROOT, "%.1f %%", 100 * confusion.recall(i));
            picture.centred(recall, SIDE + size + RECALL / 2, HEADER + middle, Picture.SMALL_TEXT, Color.BLACK);
            for (int prediction = 0; prediction < classes; prediction++) {
                drawCell(picture, i, prediction);
            }
        }
        return picture;
    }

    private void drawCell(Picture picture, int label, int prediction) {
        long count = confusion.count(label, prediction);
        double share = count / (double) Math.max(1, confusion.labelled(label));
        boolean right = label == prediction;
        Color fill = right
                ? Colours.towards(Colours.SERIES[0], 0.25 + 0.75 * share)
                : Colours.towards(Colours.SERIES[1], share / FULL_COLOUR);
        int x = SIDE + prediction * CELL;
        int y = HEADER + label * CELL;
        picture.fill(x, y, CELL - 1, CELL - 1, fill);
        Color text = right && share > 0.5 ? Color.WHITE : count == 0 ? Color.LIGHT_GRAY : Color.BLACK;
        picture.centred(Long.toString(count), x + CELL / 2, y + CELL / 2, Picture.TEXT, text);
    }
}
