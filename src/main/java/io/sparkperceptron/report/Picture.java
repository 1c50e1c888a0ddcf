package io.sparkperceptron.report;

import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;

final class Picture {

    static final int SMALL_TEXT = 13;
    static final int TEXT = 16;
    static final int TITLE = 20;
    /** The colour of less important text. It is dark enough to read on white. */
    static final Color SOFT = new Color(0x6A6A6A);

    private final BufferedImage image;
    private final Graphics2D graphics;

    Picture(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        fill(0, 0, width, height, Color.WHITE);
    }

    void fill(int x, int y, int width, int height, Color colour) {
        graphics.setColor(colour);
        graphics.fillRect(x, y, width, height);
    }

    void frame(int x, int y, int width, int height) {
        graphics.setColor(Color.GRAY);
        graphics.drawRect(x, y, width - 1, height - 1);
    }

    /** Text that starts at x, on the line whose middle is y. */
    void text(String text, int x, int y, int size, Color colour) {
        FontMetrics metrics = useFont(size, colour);
        graphics.drawString(text, x, baseline(y, metrics));
    }

    void centred(String text, int x, int y, int size, Color colour) {
        FontMetrics metrics = useFont(size, colour);
        graphics.drawString(text, x - metrics.stringWidth(text) / 2, baseline(y, metrics));
    }

    /** A title that starts at x. A long title has smaller letters, so that it fits. */
    void title(String text, int x, int y) {
        text(text, x, y, titleSize(text, image.getWidth() - 2 * x), Color.BLACK);
    }

    int titleSize(String text, int room) {
        int size = TITLE;
        while (size > SMALL_TEXT && width(text, size) > room) {
            size--;
        }
        return size;
    }

    /** The text, or as much of its beginning as fits with an ellipsis. */
    String fitting(String text, int room) {
        String shown = text;
        for (int end = text.length(); width(shown, TEXT) > room && end > 0; ) {
            end = text.offsetByCodePoints(end, -1);
            shown = text.substring(0, end).stripTrailing() + "\u2026";
        }
        return shown;
    }

    int width(String text, int size) {
        return useFont(size, Color.BLACK).stringWidth(text);
    }

    /** Text centred at (x, y) that runs upwards. */
    void upwards(String text, int x, int y) {
        graphics.rotate(-Math.PI / 2, x, y);
        centred(text, x, y, TEXT, Color.BLACK);
        graphics.rotate(Math.PI / 2, x, y);
    }

    void write(Folder folder, String name) {
        graphics.dispose();
        folder.write(name, out -> ImageIO.write(image, "png", out));
    }

    private FontMetrics useFont(int size, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        graphics.setColor(colour);
        return graphics.getFontMetrics();
    }

    private static int baseline(int middle, FontMetrics metrics) {
        return middle + (metrics.getAscent() - metrics.getDescent()) / 2;
    }
}
