package io.sparkperceptron.gradient;

import io.sparkperceptron.model.Loss;

/**
 * A loss of one perceptron and example as a function of z, with target t = 1 or 0 and s = sigma(z). For looking at; kernels have their
 * own.
 */
public final class LossCurve {

    private LossCurve() {}

    /** softplus(z) - t z, which is softplus(u) with u = -z for a target and else z; or (s - t)^2 / 2. */
    public static double cost(Loss loss, double z, boolean target) {
        double u = target ? -z : z;
        if (loss == Loss.LOGISTIC) {
            return Sigmoid.softplus(u);
        }
        double difference = Sigmoid.sigmoid(z) - (target ? 1 : 0);
        return difference * difference / 2;
    }

    /** The first derivative in z: s - t; or (s - t) s (1 - s). */
    public static double slope(Loss loss, double z, boolean target) {
        double s = Sigmoid.sigmoid(z);
        double difference = s - (target ? 1 : 0);
        return loss == Loss.LOGISTIC ? difference : difference * s * (1 - s);
    }

    /** The second derivative in z: s (1 - s), never negative; or s^2 (1 - s)^2 + (s - t) s (1 - s) (1 - 2 s), which may be. */
    public static double curvature(Loss loss, double z, boolean target) {
        double s = Sigmoid.sigmoid(z);
        double bell = s * (1 - s);
        return loss == Loss.LOGISTIC ? bell : bell * bell + (s - (target ? 1 : 0)) * bell * (1 - 2 * s);
    }
}
