package io.sparkperceptron.report;

import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.util.Locale;

/**
 * Each class's weights as an image: red where a bright pixel speaks for the class, blue where it speaks against it,
 * near white at zero. One scale from -m to m, with m the largest |w|, serves all classes of the run.
 */
final class WeightImages {

    /** The approximate length of the longer side of a single image, in pixels of the picture. */
    private static final int SINGLE_SIDE = 336;

    private static final int SHEET_SIDE = 168;
    private static final int SHEET_COLUMNS = 5;
    private static final int WIDE_SHEET_COLUMNS = 10;
    private static final int MOST_ON_SHEET = 100;
    private static final int NARROWEST_SHEET = 760;
    private static final int MARGIN = 24;
    private static final int CAPTION = 28;
    private static final int HEADER = 48;
    private static final int BAR_WIDTH = 24;
    private static final int BAR_LABELS = 90;
    /** The least height of the colour bar: room for five labels. */
    private static final int LEAST_BAR = 84;

    private final PerceptronModel model;
    private final ClassLabels labels;
    private final ImageShape shape;
    private final double scale;

    WeightImages(PerceptronModel model, ClassLabels labels, ImageShape shape) {
        this.model = model;
        this.labels = labels;
        this.shape = shape;
        double largest = model.largestWeight();
        this.scale = largest > 0 ? largest : 1;
    }

    void write(Folder folder, String title) {
        for (int label = 0; label < model.classes(); label++) {
            PixelGrid grid = PixelGrid.of(shape, SINGLE_SIDE);
            Picture picture = new Picture(grid.width(), grid.height());
            draw(picture, label, 0, 0, grid);
            picture.write(folder, Layout.digit(labels.of(label)));
        }
        sheet(title).write(folder, Layout.WEIGHTS_PICTURE);
    }

    private Picture sheet(String title) {
        PixelGrid grid = PixelGrid.of(shape, SHEET_SIDE);
        int cellWidth = grid.width() + MARGIN;
        int cellHeight = grid.height() + CAPTION + MARGIN;
        int shown = Math.min(MOST_ON_SHEET, model.classes());
        int wanted = Math.min(shown <= 2 * SHEET_COLUMNS ? SHEET_COLUMNS : WIDE_SHEET_COLUMNS, shown);
        int columns = grid.columnsFor(wanted, SHEET_SIDE);
        int rows = (shown + columns - 1) / columns;
        int barHeight = rows * cellHeight - CAPTION - MARGIN;
        if (grid.isFlat()) {
            barHeight = Math.max(LEAST_BAR, barHeight);
        }
        int gridWidth = columns * cellWidth;
        int width = Math.max(NARROWEST_SHEET, MARGIN + gridWidth + BAR_WIDTH + BAR_LABELS);
        Picture picture = new Picture(width, HEADER + CAPTION + barHeight + MARGIN);
        picture.title(title, MARGIN, HEADER / 2);
        for (int label = 0; label < shown; label++) {
            int x = MARGIN + label % columns * cellWidth;
            int y = HEADER + label / columns * cellHeight;
            picture.centred(labels.text(label), x + grid.width() / 2, y + CAPTION / 2, Picture.TEXT, Color.BLACK);
            draw(picture, label, x, y + CAPTION, grid);
            picture.frame(x, y + CAPTION, grid.width(), grid.height());
        }
        drawBar(picture, MARGIN + gridWidth, HEADER + CAPTION, barHeight);
        return picture;
    }

    private void draw(Picture picture, int label, int left, int top, PixelGrid grid) {
        for (int feature = 0; feature < shape.pixels(); feature++) {
            grid.fill(picture, left, top, feature, Colours.diverging(model.weight(label, feature) / scale));
        }
    }

    private void drawBar(Picture picture, int x, int top, int height) {
        for (int y = 0; y < height; y++) {
            picture.fill(x, top + y, BAR_WIDTH, 1, Colours.diverging(1 - 2.0 * y / (height - 1)));
        }
        picture.frame(x, top, BAR_WIDTH, height);
        for (int quarter = 0; quarter <= 4; quarter++) {
            double value = scale * (1 - quarter / 2.0);
            String text = value == 0 ? "0" : String.format(Locale.ROOT, "%+.2g", value);
            picture.text(text, x + BAR_WIDTH + 8, top + quarter * (height - 1) / 4, Picture.SMALL_TEXT, Color.BLACK);
        }
    }
}
