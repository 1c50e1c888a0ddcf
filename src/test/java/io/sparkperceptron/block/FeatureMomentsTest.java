package io.sparkperceptron.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureMomentsTest {

    private static final int ROWS = 2500;

    /** Columns: bytes, few ones, a small deviation from a large mean, extreme doubles, one outlier. */
    @Test
    void factorsAreOneOverTheStandardDeviation() {
        Random random = new Random(1);
        double[][] rows = new double[ROWS][8];
        for (int i = 0; i < ROWS; i++) {
            rows[i][0] = random.nextInt(256);
            rows[i][1] = i % 1000 == 7 ? 1 : 0;
            rows[i][2] = 1e9 + random.nextGaussian();
            rows[i][3] = 1e-300 * random.nextGaussian();
            rows[i][4] = 1e300 * (random.nextDouble() - 0.5);
            rows[i][5] = i == 1234 ? -1e6 : 1e-6 * random.nextInt(10);
            rows[i][6] = -3;
            rows[i][7] = 1e9 * random.nextGaussian();
        }
        FeatureFactors factors = factors(rows, new Random(2));
        for (int j = 0; j < 8; j++) {
            int feature = j;
            double expected = deviation(
                    IntStream.range(0, ROWS).mapToDouble(i -> rows[i][feature]).toArray());
            assertEquals(1, factors.of(j) * (j == 6 ? 1 : expected), 1e-11, "feature " + j);
        }
    }

    @Test
    void partsInAnyOrderGiveTheSameBits() {
        double[][] rows = TestBlocks.randomRows(ROWS * 2, 20, 0.4, 3);
        FeatureFactors expected = factors(rows, new Random(4));
        for (int seed = 5; seed < 10; seed++) {
            assertEquals(expected, factors(rows, new Random(seed)));
        }
    }

    @Test
    void constantFeaturesHaveTheFactorOne() {
        FeatureFactors factors = factors(new double[][] {{0, 5, 1}, {0, 5, 2}}, new Random(1));
        assertEquals(1, factors.of(0));
        assertEquals(1, factors.of(1));
        assertEquals(2, factors.of(2));
    }

    @Test
    void aDeviationWithAnInfiniteInverseHasAFiniteFactor() {
        FeatureFactors factors = factors(new double[][] {{Double.MIN_VALUE}, {0}}, new Random(1));
        assertEquals(Double.MAX_VALUE, factors.of(0));
    }

    /** Enough rows to make the lower 64 bits of the 128-bit sums overflow. */
    @Test
    void sumsDoNotOverflow() {
        double[][] rows = new double[1000][1];
        for (int i = 0; i < 1000; i++) {
            rows[i][0] = i % 2 == 0 ? 0x1p40 - 1 : -0x1p40;
        }
        ExampleBlock block = TestBlocks.pack(Split.TRAIN, 1, 2, FeatureScaling.STANDARD, rows, new int[1000])
                .get(0);
        FeatureRanges ranges = new FeatureRanges(1);
        ranges.add(block);
        DatasetSummary summary = new DatasetSummary(2);
        FeatureMoments moments = new FeatureMoments(1);
        FeatureMoments one = new FeatureMoments(1);
        one.add(block, ranges);
        for (int i = 0; i < 1000; i++) {
            summary.add(block, ClassLabels.upTo(2));
            moments.merge(one);
        }
        double deviation = 1 / moments.factors(ranges, summary).of(0);
        assertTrue(Math.abs(deviation / (0x1p40 - 0.5) - 1) < 1e-15, "deviation " + deviation);
    }

    /** The factors of blocks in a shuffled order, with a part for each block, merged. */
    private static FeatureFactors factors(double[][] rows, Random order) {
        int features = rows[0].length;
        List<ExampleBlock> blocks = new ArrayList<>(
                TestBlocks.pack(Split.TRAIN, features, 2, FeatureScaling.STANDARD, rows, new int[rows.length]));
        Collections.shuffle(blocks, order);
        FeatureRanges ranges = new FeatureRanges(features);
        DatasetSummary summary = new DatasetSummary(2);
        for (ExampleBlock block : blocks) {
            FeatureRanges part = new FeatureRanges(features);
            part.add(block);
            ranges.merge(part);
            summary.add(block, ClassLabels.upTo(2));
        }
        ranges.withZeros(summary);
        FeatureMoments moments = new FeatureMoments(features);
        for (ExampleBlock block : blocks) {
            FeatureMoments part = new FeatureMoments(features);
            part.add(block, ranges);
            moments.merge(part);
        }
        return moments.factors(ranges, summary);
    }

    private static double deviation(double[] values) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (double value : values) {
            BigDecimal exact = new BigDecimal(value);
            sum = sum.add(exact);
            squares = squares.add(exact.multiply(exact));
        }
        BigDecimal n = BigDecimal.valueOf(values.length);
        return n.multiply(squares)
                .subtract(sum.multiply(sum))
                .sqrt(new MathContext(40))
                .divide(n, new MathContext(40))
                .doubleValue();
    }
}
