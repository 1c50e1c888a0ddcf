package io.sparkperceptron.cli;

/**
 * Tells YARN, in cluster mode, why the driver has failed. YARN and spark-submit show the exception that {@code main}
 * throws among the application's diagnostics. They do not explain an exit code.
 */
final class FailedDriver extends RuntimeException {

    private FailedDriver(String told) {
        super(told, null, false, false);
    }

    /** Throws the printed error if YARN runs this driver in cluster mode. A driver that was stopped printed none. */
    static void throwOnYarn(String told) {
        if ("yarn".equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"))
                && !told.isBlank()) {
            throw new FailedDriver(told.strip());
        }
    }
}
