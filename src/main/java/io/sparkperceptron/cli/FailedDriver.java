package io.sparkperceptron.cli;

/**
 * Why a driver has failed that YARN runs, in cluster mode: what is thrown there out of {@code main} is in the application's diagnostics,
 * which spark-submit and YARN show. Of an exit code they say nothing but that it came early.
 */
final class FailedDriver extends RuntimeException {

    private FailedDriver(String told) {
        super(told, null, false, false);
    }

    /**
     * Returns, unless YARN runs this driver.
     *
     * @param told what was told of the failure; nothing of one that was only told to stop
     */
    static void throwOnYarn(String told) {
        if ("yarn".equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"))
                && !told.isBlank()) {
            throw new FailedDriver(told.strip());
        }
    }
}
