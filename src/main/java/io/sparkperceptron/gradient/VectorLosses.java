package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Costs and deltas of a block, one vector of positions at a time, with the bits of {@link ScalarKernel}. */
final class VectorLosses {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int START = LaneLayout.START;
    private static final Loss[] LOSSES = Loss.values();

    /** The rows of one step, so that their temporary values stay in the first-level cache. */
    private static final int ROWS = 125;

    private final LaneLayout layout;
    private final int classes;
    private final ClassWeights classWeights;
    private final double[][] scores;
    /** One vector for each row. */
    private final double[] exponentials = new double[ROWS * L];

    private final double[] sigmoids = new double[ROWS * L];
    /** 1 at every multiple of the number of classes. Read from q - label on, it marks the targets of positions q. */
    private final double[] targets;

    /** The factor of each position's deltas: 0 for a run that holds the block out, otherwise 1. */
    private final double[] shares;

    private final boolean[] heldOutTiles;
    private final double[] costSums;
    private final double[] costProducts;
    private final double[] biasGradient;

    VectorLosses(Weights weights, ClassWeights classWeights, LaneLayout layout, double[][] scores) {
        this.layout = layout;
        this.classes = weights.classes();
        this.classWeights = classWeights;
        this.scores = scores;
        this.targets = new double[2 * classes + layout.width()];
        for (int i = 0; i < targets.length; i += classes) {
            targets[i] = 1;
        }
        this.shares = new double[layout.width()];
        this.heldOutTiles = new boolean[layout.tiles()];
        this.costSums = new double[layout.width()];
        this.costProducts = new double[layout.width()];
        this.biasGradient = new double[layout.width()];
    }

    void begin(ExampleBlock block, GradientSum sum) {
        Arrays.fill(costSums, 0);
        Arrays.fill(costProducts, 0);
        Arrays.fill(biasGradient, 0);
        Arrays.fill(heldOutTiles, true);
        for (int run = 0; run < layout.runs(); run++) {
            boolean heldOut = sum.isHeldOut(block, run);
            int position = layout.runPosition(run);
            Arrays.fill(shares, position, position + classes, heldOut ? 0 : 1);
            if (!heldOut) {
                int lastTile = layout.tileOf(position + classes - 1);
                Arrays.fill(heldOutTiles, layout.tileOf(position), lastTile + 1, false);
            }
        }
    }

    /** The tiles in which every run holds the block out. */
    boolean[] heldOutTiles() {
        return heldOutTiles;
    }

    /** The sums of the block's deltas, by position. */
    double[] biasGradient() {
        return biasGradient;
    }

    /** Whether all of the block's deltas are finite. A delta is never infinite, and if it is NaN, so is its cost. */
    boolean allDeltasFinite() {
        return Arrays.stream(costSums).noneMatch(Double::isNaN);
    }

    void addCostsTo(GradientSum sum, ExampleBlock block) {
        for (int run = 0; run < layout.runs(); run++) {
            for (int c = 0; c < classes; c++) {
                int at = layout.runPosition(run) + c;
                sum.addCost(block, run * classes + c, BlockCosts.cost(costSums[at], costProducts[at]));
            }
        }
    }

    /** Adds costs of rows, in order, and replaces scores by deltas times the rows' factors. Modified: scores. */
    void add(ExampleBlock block, int from, int end) {
        for (int next = from; next < end; next += ROWS) {
            addFew(block, next, Math.min(ROWS, end - next));
        }
    }

    private void addFew(ExampleBlock block, int from, int rows) {
        for (Loss loss : LOSSES) {
            int start = layout.start(loss);
            int end = layout.end(loss);
            for (int position = start; position < end; position += L) {
                int target = position - start + classes;
                int tile = layout.tileOf(position);
                int step = layout.tileStep(tile);
                int at = START + from * step + position - layout.tilePosition(tile);
                computeExponentials(scores[tile], at, step, rows);
                computeSigmoids(scores[tile], at, step, rows);
                switch (loss) {
                    case LOGISTIC -> addLogisticLoss(block, from, rows, scores[tile], at, step, position, target);
                    case MSE -> addSquaredError(block, from, rows, scores[tile], at, step, position, target);
                }
            }
        }
    }

    /** e = e^-|z|, by the steps of {@link Sigmoid#exponential}. */
    private void computeExponentials(double[] scores, int start, int step, int rows) {
        for (int row = 0; row < rows; row++) {
            DoubleVector x = load(scores, start + row * step).abs().neg().max(Sigmoid.LOWEST_EXPONENT);
            DoubleVector rounder = DoubleVector.broadcast(LANES, Sigmoid.ROUNDER);
            DoubleVector rounded = DoubleVector.broadcast(LANES, Sigmoid.LOG2_E).fma(x, rounder);
            DoubleVector minusK = rounder.sub(rounded);
            DoubleVector r = minusK.fma(DoubleVector.broadcast(LANES, Sigmoid.LN2_HIGH), x);
            r = minusK.fma(DoubleVector.broadcast(LANES, Sigmoid.LN2_LOW), r);
            DoubleVector p = DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_13);
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_12));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_11));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_10));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_9));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_8));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_7));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_6));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_5));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_4));
            p = p.fma(r, DoubleVector.broadcast(LANES, Sigmoid.TAYLOR_3));
            p = p.fma(r, DoubleVector.broadcast(LANES, 0.5));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1));
            LongVector power = rounded.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, Sigmoid.MANTISSA_BITS)
                    .add(Sigmoid.EXPONENT_OF_ONE);
            p.mul(power.reinterpretAsDoubles()).intoArray(exponentials, row * L);
        }
    }

    /** {@code s = (z < 0 ? e : 1) / (1 + e)}. The sign bit, copied to all bits, makes the choice. */
    private void computeSigmoids(double[] scores, int start, int step, int rows) {
        DoubleVector one = DoubleVector.broadcast(LANES, 1);
        LongVector oneBits = one.reinterpretAsLongs();
        for (int row = 0; row < rows; row++) {
            DoubleVector e = load(exponentials, row * L);
            LongVector sign =
                    load(scores, start + row * step).reinterpretAsLongs().lanewise(VectorOperators.ASHR, Long.SIZE - 1);
            LongVector numerator = e.reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, oneBits)
                    .and(sign)
                    .lanewise(VectorOperators.XOR, oneBits);
            numerator.reinterpretAsDoubles().div(e.add(one)).intoArray(sigmoids, row * L);
        }
    }

    /** Adds costs of the logistic loss, and replaces scores by deltas. */
    private void addLogisticLoss(
            ExampleBlock block, int from, int rows, double[] scores, int start, int step, int position, int target) {
        DoubleVector sums = load(costSums, position);
        DoubleVector products = load(costProducts, position);
        DoubleVector share = load(shares, position);
        DoubleVector bias = load(biasGradient, position);
        DoubleVector one = DoubleVector.broadcast(LANES, 1);
        DoubleVector minusTwo = DoubleVector.broadcast(LANES, -2);
        for (int row = 0; row < rows; row++) {
            int at = start + row * step;
            int label = block.label(from + row);
            double weight = block.weight(from + row) * classWeights.of(label);
            DoubleVector t = load(targets, target - label);
            sums = exact(sums).add(t.fma(minusTwo, one).mul(load(scores, at)).max(0));
            products = exact(products).add(one).fma(load(exponentials, row * L), exact(products));
            DoubleVector delta = load(sigmoids, row * L).sub(t).mul(share).mul(weight);
            bias = exact(bias).add(delta);
            delta.mul(block.factor(from + row)).intoArray(scores, at);
        }
        exact(sums).intoArray(costSums, position);
        exact(products).intoArray(costProducts, position);
        exact(bias).intoArray(biasGradient, position);
    }

    /** Adds costs of the squared error, and replaces scores by deltas. */
    private void addSquaredError(
            ExampleBlock block, int from, int rows, double[] scores, int start, int step, int position, int target) {
        DoubleVector sums = load(costSums, position);
        DoubleVector bias = load(biasGradient, position);
        DoubleVector share = load(shares, position);
        DoubleVector one = DoubleVector.broadcast(LANES, 1);
        for (int row = 0; row < rows; row++) {
            DoubleVector s = load(sigmoids, row * L);
            int label = block.label(from + row);
            double weight = block.weight(from + row) * classWeights.of(label);
            DoubleVector difference = s.sub(load(targets, target - label));
            sums = difference.mul(0.5).fma(difference, exact(sums));
            DoubleVector delta = difference.mul(s).mul(one.sub(s)).mul(share).mul(weight);
            bias = exact(bias).add(delta);
            delta.mul(block.factor(from + row)).intoArray(scores, start + row * step);
        }
        exact(sums).intoArray(costSums, position);
        exact(bias).intoArray(biasGradient, position);
    }

    /** See {@link VectorProduct#exact}. */
    private static DoubleVector exact(DoubleVector vector) {
        return VectorProduct.exact(vector);
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
