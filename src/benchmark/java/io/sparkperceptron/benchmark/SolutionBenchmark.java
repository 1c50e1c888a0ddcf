package io.sparkperceptron.benchmark;

import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.sparkperceptron.ml.PerceptronClassificationModel;
import io.sparkperceptron.ml.PerceptronClassifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Seconds from a cached data frame of MNIST to a goal: an objective near its minimum, or a test error. It is found
 * beforehand how many iterations each takes to the goal; what is measured is a fit of exactly these.
 */
public final class SolutionBenchmark {

    private static final String OURS = "lbfgs";
    private static final String DESCENT = "descent";
    private static final String SPARKS = "LogisticRegression";
    private static final String ONE_VS_REST = "OneVsRest, parallelism ";
    private static final String LIBLINEAR = "liblinear, eps 0.8^n";

    private static final double L2 = 1e-3;
    private static final double CLOSE = 1.01;
    private static final double[] ERRORS = {0.085, 0.082};
    private static final double[] STEP_SIZES = {0.5, 1, 1.5, 2};
    private static final int[] PARALLELISMS = {1, 2};
    /** Enough for the minimum, and the most that descent may take. */
    private static final int MANY = 500;
    /** Enough for a goal of L-BFGS. */
    private static final int FEW = 60;

    private static final int NEVER = Integer.MAX_VALUE;
    private static final String MARK = "is_test";

    /** A name, and the most that an objective or an error may be. */
    private record Goal(String name, double most) {

        static Goal near(String problem, double minimum) {
            return new Goal(
                    String.format(Locale.ROOT, "%s, objective at most %s x %.8f", problem, CLOSE, minimum),
                    CLOSE * minimum);
        }

        static Goal error(double most) {
            return new Goal(String.format(Locale.ROOT, "test error at most %.1f %%", 100 * most), most);
        }

        String by(String who) {
            return name + ": " + who;
        }
    }

    private final SparkSession spark;
    private final JavaRDD<LabeledPoint> training;
    private final JavaRDD<LabeledPoint> test;
    private final Dataset<Row> images;

    @FunctionalInterface
    private interface Fit<M> {

        M model(int iterations);
    }

    private final Map<String, DoubleSupplier> subjects = new LinkedHashMap<>();
    private final Set<String> missed = new HashSet<>();
    private final Figures figures = new Figures();

    private SolutionBenchmark(SparkSession spark, String folder) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.spark = spark;
        this.training = EpochBenchmark.scaledTraining(folder, context);
        this.test = EpochBenchmark.scaledTest(folder, context);
        this.images = cached(training);
    }

    /**
     * Measures, and prints tables.
     *
     * @param arguments folder of MNIST, and rounds
     */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder()
                .appName("spark-perceptron benchmark")
                .config("spark.kryo.registrationRequired", "false")
                .getOrCreate();
        new SolutionBenchmark(spark, arguments[0]).run(Integer.parseInt(arguments[1]));
        spark.stop();
    }

    private void run(int rounds) {
        System.out.printf("%n| goal | iterations, n | reached |%n|---|---:|---:|%n");
        Goal two = addTwoDigits(false);
        Goal standardized = addTwoDigits(true);
        Goal ten = addTenDigits();
        List<Goal> errors = addErrors();
        figures.measure(subjects, rounds);
        figures.print("from the cached data to the goal, s", 1, "%.2f");
        Figures.printRatioHeading();
        printRatio(two, OURS, SPARKS, "0.3");
        printRatio(two, OURS, LIBLINEAR, "-");
        printRatio(standardized, OURS, SPARKS, "0.3");
        String[] others = Arrays.stream(PARALLELISMS)
                .mapToObj(parallelism -> ten.by(ONE_VS_REST + parallelism))
                .toArray(String[]::new);
        String faster = Arrays.stream(others)
                .min(Comparator.comparingDouble(figures::median))
                .orElseThrow();
        figures.printRatio(ten.by(OURS) + " / the faster OneVsRest", ten.by(OURS), faster, "0.05");
        for (Goal error : errors) {
            printRatio(error, OURS, SPARKS, error.most() == ERRORS[1] ? "0.6" : "-");
            printRatio(error, DESCENT, SPARKS, "-");
        }
    }

    private void printRatio(Goal goal, String one, String other, String aim) {
        figures.printRatio(
                goal.by(one) + missed(goal.by(one)) + " / " + other + missed(goal.by(other)),
                goal.by(one),
                goal.by(other),
                aim);
    }

    /** What says that a time is not that of the goal. */
    private String missed(String subject) {
        return missed.contains(subject) ? " (not reached)" : "";
    }

    /**
     * Digits 4 and 9. Ours trains two perceptrons, each the negative of the other; the others train one. The objective
     * is that of one perceptron. The time of ours is that of both.
     *
     * <p>Spark optimizes standardized weights even if the penalty is on plain ones. A pixel that is seldom grey then
     * has a huge penalty, and convergence is slow. With the penalty on standardized weights Spark does best.
     */
    private Goal addTwoDigits(boolean standard) {
        JavaRDD<LabeledPoint> points = training.filter(point -> point.label() == 4 || point.label() == 9)
                .map(point -> new LabeledPoint(point.label() == 9 ? 1 : 0, point.features()));
        Dataset<Row> digits = cached(points);
        DriverRows rows = new DriverRows(points);
        double[] penalties = rows.penalties(standard);
        ToDoubleFunction<PerceptronClassificationModel> ours = model -> objectives(rows, model, penalties) / 2;
        ToDoubleFunction<LogisticRegressionModel> sparks = model -> objective(rows, 1, model, penalties);
        IntFunction<PerceptronClassifier> lbfgs = n -> lbfgs(l2(rows, standard), n, standard);
        PerceptronClassificationModel most = lbfgs.apply(MANY).fit(digits);
        LogisticRegressionModel sparksMost = binomial(MANY, standard).fit(digits);
        if (standard) {
            requireSame(ours.applyAsDouble(most), sparks.applyAsDouble(sparksMost));
        }
        Goal goal = Goal.near("two digits" + (standard ? ", standardized" : ""), ours.applyAsDouble(most));
        add(
                goal,
                OURS,
                first(curve(most, "(train_cost + penalty) / 2"), goal),
                n -> lbfgs.apply(n).fit(digits),
                ours);
        add(
                goal,
                SPARKS,
                first(sparksMost.summary().objectiveHistory(), goal),
                n -> binomial(n, standard).fit(digits),
                sparks);
        if (!standard) {
            Linear.disableDebugOutput();
            Problem problem = rows.problem();
            ToDoubleFunction<Model> reached = model -> rows.objective(
                    1, model.getFeatureWeights(), model.getFeatureWeights()[most.numFeatures()], penalties, L2);
            add(goal, LIBLINEAR, 0, n -> Linear.train(problem, liblinear(rows.count(), Math.pow(0.8, n))), reached);
        }
        return goal;
    }

    /** For ours: Spark's variance has one row less in its denominator. */
    private static double l2(DriverRows rows, boolean standard) {
        return standard ? L2 * rows.count() / (rows.count() - 1) : L2;
    }

    private static void requireSame(double minimum, double sparks) {
        if (!(Math.abs(sparks / minimum - 1) <= 1e-8)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "Expected the same minimum to 1e-8, got %.12f by %s and %.12f by %s",
                    minimum,
                    OURS,
                    sparks,
                    SPARKS));
        }
    }

    /**
     * All ten digits: the objective is the sum of those of ten perceptrons, with the penalty on standardized weights,
     * see {@link #addTwoDigits}.
     */
    private Goal addTenDigits() {
        DriverRows rows = new DriverRows(training);
        double[] penalties = rows.penalties(true);
        IntFunction<PerceptronClassifier> lbfgs = n -> lbfgs(l2(rows, true), n, true);
        PerceptronClassificationModel most = lbfgs.apply(MANY).fit(images);
        Goal goal = Goal.near("ten digits, standardized", objectives(rows, most, penalties));
        add(
                goal,
                OURS,
                first(curve(most, "train_cost + penalty"), goal),
                n -> lbfgs.apply(n).fit(images),
                model -> objectives(rows, model, penalties));
        ToDoubleFunction<OneVsRestModel> sum = model -> IntStream.range(0, model.models().length)
                .mapToDouble(
                        label -> objective(rows, label, (LogisticRegressionModel) model.models()[label], penalties))
                .sum();
        int needed = first(summedHistories(oneVsRest(FEW, PARALLELISMS[0]).fit(images)), goal);
        for (int parallelism : PARALLELISMS) {
            add(
                    goal,
                    ONE_VS_REST + parallelism,
                    needed,
                    n -> oneVsRest(n, parallelism).fit(images),
                    sum);
        }
        return goal;
    }

    private List<Goal> addErrors() {
        DriverRows rows = new DriverRows(test);
        Dataset<Row> marked =
                images.withColumn(MARK, functions.lit(false)).union(cached(test).withColumn(MARK, functions.lit(true)));
        double[] curve =
                curve(lbfgs(0, FEW, false).setValidationIndicatorCol(MARK).fit(marked), "validation_error");
        PerceptronClassifier descent = descent(STEP_SIZES[0], MANY);
        ParamMap[] grid =
                new ParamGridBuilder().addGrid(descent.stepSize(), STEP_SIZES).build();
        List<double[]> descents = descent.setValidationIndicatorCol(MARK).fit(marked, grid).stream()
                .map(model -> curve(model, "validation_error"))
                .toList();
        List<Goal> goals = Arrays.stream(ERRORS).mapToObj(Goal::error).toList();
        for (Goal goal : goals) {
            int best = IntStream.range(0, grid.length)
                    .boxed()
                    .min(Comparator.comparingInt(i -> first(descents.get(i), goal)))
                    .orElseThrow();
            add(
                    goal,
                    DESCENT,
                    first(descents.get(best), goal),
                    n -> descent(STEP_SIZES[best], n).fit(images),
                    rows::error);
            add(goal, OURS, first(curve, goal), n -> lbfgs(0, n, false).fit(images), rows::error);
            add(goal, SPARKS, 1, n -> multinomial(n).fit(images), rows::error);
        }
        return goals;
    }

    /**
     * Finds the n that reaches the goal, from {@code start} on, and prints it. A fit with this n will be measured, or
     * with the most iterations if none reaches the goal.
     */
    private <M> void add(Goal goal, String who, int start, Fit<M> fit, ToDoubleFunction<M> reached) {
        int tried = Math.min(start, MANY);
        double value = reached.applyAsDouble(fit.model(tried));
        while (value > goal.most() && tried < MANY) {
            tried++;
            value = reached.applyAsDouble(fit.model(tried));
        }
        int needed = tried;
        if (value > goal.most()) {
            missed.add(goal.by(who));
        }
        System.out.printf(Locale.ROOT, "| %s | %d | %.8f%s |%n", goal.by(who), needed, value, missed(goal.by(who)));
        subjects.put(goal.by(who), () -> Figures.seconds(() -> fit.model(needed)));
    }

    /** The first index at which a curve is at the goal. */
    private static int first(double[] curve, Goal goal) {
        return IntStream.range(0, curve.length)
                .filter(i -> curve[i] <= goal.most())
                .findFirst()
                .orElse(NEVER);
    }

    private static double[] curve(PerceptronClassificationModel model, String expression) {
        return model
                .summary()
                .metrics()
                .select(functions.expr(expression))
                .as(Encoders.DOUBLE())
                .collectAsList()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** The sum over all models, each of which keeps its last objective when it has ended. */
    private static double[] summedHistories(OneVsRestModel model) {
        double[] sums = new double[FEW + 1];
        for (Object one : model.models()) {
            double[] history = ((LogisticRegressionModel) one).summary().objectiveHistory();
            Arrays.setAll(sums, i -> sums[i] + history[Math.min(i, history.length - 1)]);
        }
        return sums;
    }

    private static double objectives(DriverRows rows, PerceptronClassificationModel model, double[] penalties) {
        Matrix coefficients = model.coefficientMatrix();
        return IntStream.range(0, model.numClasses())
                .mapToDouble(label -> rows.objective(
                        label,
                        IntStream.range(0, model.numFeatures())
                                .mapToDouble(feature -> coefficients.apply(label, feature))
                                .toArray(),
                        model.interceptVector().apply(label),
                        penalties,
                        L2))
                .sum();
    }

    private static double objective(DriverRows rows, int label, LogisticRegressionModel model, double[] penalties) {
        return rows.objective(label, model.coefficients().toArray(), model.intercept(), penalties, L2);
    }

    private static PerceptronClassifier lbfgs(double l2, int iterations, boolean standard) {
        return new PerceptronClassifier()
                .setSolver("lbfgs")
                .setRegParam(l2)
                .setMaxIter(iterations)
                .setScaling(standard ? "standard" : "none");
    }

    private static PerceptronClassifier descent(double stepSize, int iterations) {
        return new PerceptronClassifier().setStepSize(stepSize).setMaxIter(iterations);
    }

    private static LogisticRegression binomial(int iterations, boolean standard) {
        return regression(iterations)
                .setFamily("binomial")
                .setRegParam(L2)
                .setElasticNetParam(0)
                .setStandardization(standard);
    }

    private static LogisticRegression multinomial(int iterations) {
        return regression(iterations).setFamily("multinomial").setRegParam(0);
    }

    private static LogisticRegression regression(int iterations) {
        return new LogisticRegression().setStandardization(false).setTol(0).setMaxIter(iterations);
    }

    private static OneVsRest oneVsRest(int iterations, int parallelism) {
        return new OneVsRest().setClassifier(binomial(iterations, true)).setParallelism(parallelism);
    }

    /** The same objective, times C: liblinear's is the sum of losses, times C, and 1/2 |w|^2. */
    private static Parameter liblinear(int rows, double tolerance) {
        Parameter parameter = new Parameter(SolverType.L2R_LR, 1 / (rows * L2), tolerance);
        parameter.setRegularizeBias(false);
        return parameter;
    }

    private Dataset<Row> cached(JavaRDD<LabeledPoint> points) {
        Dataset<Row> frame = spark.createDataFrame(points, LabeledPoint.class).cache();
        frame.count();
        return frame;
    }
}
