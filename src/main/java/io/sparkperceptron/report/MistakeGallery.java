package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings.Mistake;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * The most confidently misclassified images, each with its label, its prediction and sigma(z) of the prediction.
 *
 * @param images gives the image of a row, one byte for each pixel
 */
record MistakeGallery(List<Mistake> mistakes, LongFunction<byte[]> images, ClassLabels labels, ImageShape shape) {

    private static final int COLUMNS = 8;
    private static final int SIDE = 112;
    private static final int CELL_WIDTH = 150;
    private static final int CAPTION = 46;
    private static final int HEADER = 48;
    private static final int MARGIN = 20;

    void write(Folder folder, String title) {
        PixelGrid grid = PixelGrid.of(shape, SIDE);
        int cellWidth = Math.max(CELL_WIDTH, grid.width() + MARGIN);
        int cellHeight = grid.height() + CAPTION + MARGIN;
        int columns = grid.columnsFor(COLUMNS, CELL_WIDTH - MARGIN);
        int rows = Math.max(1, (mistakes.size() + columns - 1) / columns);
        int width = Math.max(COLUMNS * CELL_WIDTH, Math.min(columns, mistakes.size()) * cellWidth);
        Picture picture = new Picture(MARGIN + width, HEADER + rows * cellHeight);
        picture.title(title, MARGIN, HEADER / 2);
        if (mistakes.isEmpty()) {
            picture.text("none", MARGIN, HEADER + MARGIN, Picture.TEXT, Color.BLACK);
        }
        for (int i = 0; i < mistakes.size(); i++) {
            int x = MARGIN + i % columns * cellWidth;
            int y = HEADER + i / columns * cellHeight;
            draw(picture, mistakes.get(i), x, y, grid);
        }
        picture.write(folder, Layout.MISTAKES_PICTURE);
    }

    private void draw(Picture picture, Mistake mistake, int left, int top, PixelGrid grid) {
        byte[] image = images.apply(mistake.row());
        float brightest = 1;
        for (byte pixel : image) {
            brightest = Math.max(brightest, pixel & 0xFF);
        }
        for (int feature = 0; feature < image.length; feature++) {
            float ink = (image[feature] & 0xFF) / brightest;
            grid.fill(picture, left, top, feature, new Color(1 - ink, 1 - ink, 1 - ink));
        }
        picture.frame(left, top, grid.width(), grid.height());
        int below = top + grid.height();
        String verdict = "is " + labels.of(mistake.label()) + ", says " + labels.of(mistake.prediction()) + " ("
                + percent(mistake.score()) + ")";
        picture.text(verdict, left, below + 13, Picture.SMALL_TEXT, Color.BLACK);
        picture.text("image " + mistake.row(), left, below + 30, Picture.SMALL_TEXT, Picture.SOFT);
    }

    /** Never 100 %, because a sigmoid is below 1. */
    static String percent(double score) {
        String text = String.format(Locale.ROOT, "%.1f %%", 100 * score);
        return text.equals("100.0 %") ? ">99.9 %" : text;
    }
}
