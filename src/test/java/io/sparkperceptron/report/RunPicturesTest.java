package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Findings.Mistake;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPicturesTest {

    private static final int MISTAKES = 32;

    @TempDir
    Path temporary;

    @Test
    void zeroIsNeutralAndEachSignHasAColour() {
        Color zero = Colours.diverging(0);
        assertEquals(zero.getRed(), zero.getBlue());
        assertTrue(zero.getRed() > 240);
        assertTrue(Colours.diverging(1).getRed() > Colours.diverging(1).getBlue());
        assertTrue(Colours.diverging(-1).getBlue() > Colours.diverging(-1).getRed());
        assertEquals(Colours.diverging(1), Colours.diverging(5));
    }

    @Test
    void weightImagesShareOneScaleAndAreLargeEnoughToSee() throws IOException {
        // Class 0: 2 and -1; class 1: 0 and 1. The largest weight, 2, sets the scale; biases are left out.
        PerceptronModel model = new PerceptronModel(2, 2, new double[] {2, -1, 99, 0, 1, -99});
        new WeightImages(model, ClassLabels.upTo(2), new ImageShape(1, 2)).write(folder(), "two");
        BufferedImage zero = read("digit-0.png");
        assertTrue(zero.getWidth() >= 280);
        assertEquals(Colours.diverging(1).getRGB(), zero.getRGB(10, 10));
        assertEquals(Colours.diverging(-0.5).getRGB(), zero.getRGB(zero.getWidth() - 10, 10));
        BufferedImage one = read("digit-1.png");
        assertEquals(Colours.diverging(0).getRGB(), one.getRGB(10, 10));
        assertEquals(Colours.diverging(0.5).getRGB(), one.getRGB(one.getWidth() - 10, 10));
        assertTrue(read("weights.png").getWidth() > 400);
    }

    /** A row of pixels is at least about 12 pixels high. A long row is folded into lines, like text. */
    @Test
    void flatImagesHaveAMinimumHeight() throws IOException {
        double[] row = new double[785];
        row[3] = 1;
        row[28] = -1;
        new WeightImages(new PerceptronModel(1, 784, row), ClassLabels.upTo(1), new ImageShape(1, 784))
                .write(folder(), "a row");
        BufferedImage folded = read("digit-0.png");
        assertEquals(List.of(336, 336), List.of(folded.getWidth(), folded.getHeight()));
        assertEquals(Colours.diverging(1).getRGB(), folded.getRGB(3 * 12 + 6, 6));
        assertEquals(Colours.diverging(-1).getRGB(), folded.getRGB(6, 12 + 6));
        assertTrue(read("weights.png").getHeight() > 168 && read("weights.png").getWidth() <= 1000);
        for (ImageShape shape : List.of(new ImageShape(3, 50), new ImageShape(2, 784), new ImageShape(1, 100))) {
            double[] some = new double[10 * (shape.pixels() + 1)];
            some[0] = 1;
            new WeightImages(new PerceptronModel(10, shape.pixels(), some), ClassLabels.upTo(10), shape)
                    .write(folder(), "flat");
            assertTrue(read("digit-0.png").getHeight() >= 12 * shape.height(), shape.toString());
            assertTrue(read("weights.png").getWidth() <= 1200, shape.toString());
        }
    }

    @Test
    void longColumnsAreFoldedLikeLongRows() {
        assertEquals(new PixelGrid(28, 28, 12, 12), PixelGrid.of(new ImageShape(784, 1), 336));
        assertEquals(new PixelGrid(3, 50, 12, 6), PixelGrid.of(new ImageShape(50, 3), 336));
        assertEquals(new PixelGrid(28, 28, 6, 6), PixelGrid.of(new ImageShape(28, 28), 168));
        assertEquals(new PixelGrid(60, 34, 1, 1), PixelGrid.of(new ImageShape(34, 60), 112));
    }

    @Test
    void weightImagesAreNamedByLabels() throws IOException {
        PerceptronModel model = new PerceptronModel(2, 2, new double[] {2, -1, 99, 0, 1, -99});
        new WeightImages(model, ClassLabels.of(2, List.of(-1, 7)), new ImageShape(1, 2)).write(folder(), "two");
        assertEquals(Colours.diverging(1).getRGB(), read("digit--1.png").getRGB(10, 10));
        assertEquals(Colours.diverging(0).getRGB(), read("digit-7.png").getRGB(10, 10));
    }

    @Test
    void histogramCountsWeightsThatNeverMoveSeparately() throws IOException {
        PerceptronModel model = new PerceptronModel(2, 3, new double[] {0, 4, -4, 7, 0, 0.01, 2, 7});
        BitSet active = new BitSet();
        active.set(1, 3);
        BitSet often = new BitSet();
        often.set(2);
        WeightHistogram histogram = WeightHistogram.of(model, active, often);
        int middle = WeightHistogram.BINS / 2;
        assertEquals(0, histogram.centre(middle));
        assertEquals(2, histogram.still().get(middle));
        assertEquals(1, histogram.moving().get(middle));
        assertEquals(1, histogram.moving().get(0));
        assertEquals(1, histogram.moving().get(WeightHistogram.BINS - 1));
        RunPictures.writeHistogram(histogram, folder(), "title", true);
        List<String> csv = Files.readAllLines(temporary.resolve("weight-histogram.csv"));
        assertEquals("from,to,moving_weights,never_moving_weights", csv.get(0));
        assertEquals(1 + WeightHistogram.BINS, csv.size());
        long counted = 0;
        for (String row : csv.subList(1, csv.size())) {
            String[] cells = row.split(",", -1);
            counted += Long.parseLong(cells[2]) + Long.parseLong(cells[3]);
        }
        assertEquals(6, counted);
        assertEquals(1000, read("weight-histogram.png").getWidth());
    }

    /** Labels are neither all zero nor numbers of forty digits. */
    @ParameterizedTest
    @CsvSource({"1e-9,0.###E0", "1e-5,0.######", "0.5,0.######", "1e6,0.######", "1e40,0.###E0"})
    void theHistogramsTicksHaveDistinctLabels(double largest, String pattern) {
        PerceptronModel model = new PerceptronModel(1, 2, new double[] {largest, -largest / 3, 0});
        WeightHistogram histogram = WeightHistogram.of(model, new BitSet(), new BitSet());
        assertEquals(
                pattern,
                new HistogramChart(histogram).chart("title", true).getStyler().getXAxisDecimalPattern());
    }

    /** Of three weights in the middle bin, the two that never move stand above the third, as on the page. */
    @Test
    void theHistogramStacksWeightsThatNeverMove() throws IOException {
        PerceptronModel model = new PerceptronModel(2, 3, new double[] {0, 4, -4, 7, 0, 0.01, 2, 7});
        BitSet active = new BitSet();
        active.set(1, 3);
        RunPictures.writeHistogram(WeightHistogram.of(model, active, active), folder(), "title", true);
        BufferedImage picture = read("weight-histogram.png");
        double still = filled(picture, Colours.SERIES[1]);
        double moving = filled(picture, Colours.SERIES[0]);
        assertEquals(2, still / moving, 0.1);
        active.set(0);
        RunPictures.writeHistogram(WeightHistogram.of(model, active, active), folder(), "title", true);
        assertEquals(0, filled(read("weight-histogram.png"), Colours.SERIES[1]));
    }

    /** The height of the highest column of pixels of a colour. */
    private static int filled(BufferedImage picture, Color colour) {
        int fill = Colours.towards(colour, 0.6).getRGB();
        return IntStream.range(0, picture.getWidth())
                .map(x -> (int) IntStream.range(0, picture.getHeight())
                        .filter(y -> picture.getRGB(x, y) == fill)
                        .count())
                .max()
                .orElseThrow();
    }

    @Test
    void weightsThatAreAllZeroGiveOnePeak() {
        WeightHistogram histogram =
                WeightHistogram.of(new PerceptronModel(1, 4, new double[5]), new BitSet(), new BitSet());
        assertEquals(4, histogram.still().get(WeightHistogram.BINS / 2));
    }

    @Test
    void confusionGoesFromLabelsToPredictions() throws IOException {
        ConfusionMatrix confusion = new ConfusionMatrix(2);
        confusion.add(0, 0);
        confusion.add(0, 1);
        confusion.add(0, 1);
        new ConfusionPicture(confusion, ClassLabels.upTo(2)).write(folder(), "title");
        assertEquals(
                List.of("label,predicted_0,predicted_1", "0,1,2", "1,0,0"),
                Files.readAllLines(temporary.resolve("confusion.csv")));
        new ConfusionPicture(confusion, ClassLabels.of(2, List.of(-1, 7))).write(folder(), "title");
        assertEquals(
                List.of("label,predicted_-1,predicted_7", "-1,1,2", "7,0,0"),
                Files.readAllLines(temporary.resolve("confusion.csv")));
        assertTrue(read("confusion.png").getHeight() > 200);
    }

    /** Names with the same beginning look different, and the longest is cut off between letters. */
    @Test
    void namesOfClassesHaveRoomBesideTheConfusion() throws IOException {
        ConfusionMatrix confusion = new ConfusionMatrix(3);
        new ConfusionPicture(confusion, ClassLabels.upTo(3)).write(folder(), "title");
        BufferedImage numbers = read("confusion.png");
        ClassLabels irises = ClassLabels.named(List.of("Iris-setosa", "Iris-versicolor", "Iris-virginica"));
        new ConfusionPicture(confusion, irises).write(folder(), "title");
        assertTrue(read("confusion.png").getHeight() > numbers.getHeight() + 50, "names of columns stand upright");
        ClassLabels odd =
                ClassLabels.named(List.of("", "<b>&\"bold\"</b>", "two\nlines, " + "\uD83D\uDE00".repeat(500)));
        new ConfusionPicture(confusion, odd).write(folder(), "title");
        assertTrue(read("confusion.png").getHeight() < numbers.getHeight() + 200, "a long name is cut off");
        assertEquals(
                "label,predicted_,\"predicted_<b>&\"\"bold\"\"</b>\",\"predicted_two",
                Files.readAllLines(temporary.resolve("confusion.csv")).get(0));
        String cut = new Picture(1, 1).fitting("\uD83D\uDE00".repeat(500), 180);
        assertTrue(cut.endsWith("\uD83D\uDE00\u2026") && cut.length() < 100, cut);
    }

    @Test
    void aLongTitleHasSmallerLetters() {
        Picture picture = new Picture(1, 1);
        String title = "logistic-0.5-l2-0.001, epoch 200: test error 8.19 %";
        int room = picture.width(title, 16);
        assertEquals(16, picture.titleSize(title, room));
        assertEquals(Picture.TITLE, picture.titleSize("short", room));
        assertEquals(Picture.SMALL_TEXT, picture.titleSize(title, 1));
    }

    @Test
    void theGalleryHasRoomForAnyShapeAndNumber() throws IOException {
        for (ImageShape shape : List.of(
                new ImageShape(1, 1),
                new ImageShape(1, 784),
                new ImageShape(2, 784),
                new ImageShape(3, 50),
                new ImageShape(200, 200))) {
            for (int count : new int[] {0, 1, MISTAKES}) {
                new MistakeGallery(mistakes(count), blackImages(shape, count)::get, ClassLabels.upTo(10), shape)
                        .write(folder(), "title");
                BufferedImage picture = read("misclassified.png");
                assertTrue(picture.getWidth() > 800 && picture.getHeight() > 50, shape.toString());
                assertTrue(picture.getWidth() < (count == 0 ? 1300 : 1800), shape.toString());
                boolean ink = false;
                for (int y = 48; y < picture.getHeight(); y++) {
                    for (int x = 0; x < picture.getWidth(); x++) {
                        ink |= picture.getRGB(x, y) == Color.BLACK.getRGB();
                    }
                }
                assertTrue(ink);
            }
        }
    }

    @Test
    void aScoreIsNeverShownAs100Percent() {
        assertEquals("99.9 %", MistakeGallery.percent(0.9994));
        assertEquals(">99.9 %", MistakeGallery.percent(0.9996));
        assertEquals("50.0 %", MistakeGallery.percent(0.5));
    }

    private static Map<Long, byte[]> blackImages(ImageShape shape, int count) {
        Map<Long, byte[]> images = new HashMap<>();
        byte[] black = new byte[shape.pixels()];
        Arrays.fill(black, (byte) 255);
        for (long row = 0; row < count; row++) {
            images.put(row, black);
        }
        return images;
    }

    /** Images of class 1 that were predicted as 0. */
    private static List<Mistake> mistakes(int count) {
        return LongStream.range(0, count)
                .mapToObj(row -> new Mistake(row, 1, 0, 0.5))
                .toList();
    }

    private Folder folder() {
        return Folder.at(temporary.toString(), new Configuration());
    }

    private BufferedImage read(String name) throws IOException {
        return ImageIO.read(temporary.resolve(name).toFile());
    }
}
