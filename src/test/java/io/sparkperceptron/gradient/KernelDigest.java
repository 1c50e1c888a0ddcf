package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A digest of all bits of a sum, to compare kernels, also between JVMs. */
final class KernelDigest {

    private KernelDigest() {}

    /** Prints the vector kernel's lanes and the digest of a fixed problem, for JVMs with other vector lengths. */
    public static void main(String[] arguments) {
        byte[] line = (KernelChoice.VECTOR.description() + ": " + ofFixedProblem(KernelChoice.VECTOR, true) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }

    /** The digest of 7 runs with 11 classes on 1300 rows, sparse and dense. */
    static String ofFixedProblem(KernelChoice choice, boolean paired) {
        StringBuilder digest = new StringBuilder();
        for (double density : new double[] {0.2, 1}) {
            List<ExampleBlock> blocks =
                    new ArrayList<>(blocks(Split.TRAIN, 1300, 37, 11, density, FeatureScaling.UNIT_NORM));
            blocks.addAll(blocks(Split.TEST, 300, 37, 11, density, FeatureScaling.UNIT_NORM));
            if (paired) {
                pair(blocks);
            }
            digest.append(of(choice, blocks, weights(37, 11, 7, 3), Objective.of(losses(7))));
        }
        return digest.toString();
    }

    static List<ExampleBlock> blocks(
            Split split, int rows, int features, int classes, double density, FeatureScaling scaling) {
        return TestBlocks.pack(
                split,
                features,
                classes,
                scaling,
                TestBlocks.randomRows(rows, features, density, rows + features),
                TestBlocks.randomLabels(rows, classes, rows));
    }

    /** All losses in turn, the first one twice as often as the second. */
    static List<Loss> losses(int runs) {
        Loss[] all = Loss.values();
        return IntStream.range(0, runs)
                .mapToObj(run -> all[run % 3 % all.length])
                .toList();
    }

    static Weights weights(int features, int classes, int runs, double size) {
        Weights weights = new Weights(features, classes, runs);
        Random random = new Random(features);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = size * random.nextGaussian();
        }
        return weights;
    }

    static void pair(List<ExampleBlock> blocks) {
        for (int call = 0; call < 2; call++) {
            blocks.forEach(ExampleBlock::pair);
        }
    }

    /** The bits of costs, errors and, except for diverged runs, the gradient. */
    static String of(KernelChoice choice, List<ExampleBlock> blocks, Weights weights, List<Objective> objectives) {
        long rows = blocks.stream().mapToLong(ExampleBlock::rows).sum();
        GradientKernel kernel = choice.kernel(weights, objectives, FixedPointGrid.forData(rows, 1));
        blocks.forEach(kernel::add);
        GradientSum sum = kernel.finish();
        StringBuilder digest = new StringBuilder();
        for (int run = 0; run < weights.runs(); run++) {
            for (Split split : Split.values()) {
                digest.append(sum.cost(split, run))
                        .append(' ')
                        .append(sum.errors(split, run))
                        .append(' ');
            }
        }
        double[] gradient = sum.meanGradient();
        for (int i = 0; i < gradient.length; i++) {
            if (sum.diverged(i % weights.columns() / weights.classes())) {
                gradient[i] = 0;
            }
        }
        return digest.append(Arrays.hashCode(gradient)).toString();
    }
}
