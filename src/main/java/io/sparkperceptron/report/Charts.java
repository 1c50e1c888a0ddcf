package io.sparkperceptron.report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether XChart, which draws curves and histograms, is on the class path. The artifact alone does not bring it.
 * Without XChart, a JVM cannot load {@link Curves} and {@link HistogramChart}: ask {@link #canBeDrawn} first.
 */
final class Charts {

    private static final Logger LOG = LoggerFactory.getLogger(Charts.class);

    private static final boolean FOUND = Charts.class.getResource("/org/knowm/xchart/XYChart.class") != null;

    private Charts() {}

    static boolean canBeDrawn() {
        return FOUND;
    }

    /** Warns if there will be no pictures of curves and histograms. */
    static void warnIfNone() {
        if (!FOUND) {
            LOG.warn("XChart is not on the class path, so the report has no pictures of curves and histograms; its page"
                    + " has both. It is among the dependencies of the artifact");
        }
    }
}
