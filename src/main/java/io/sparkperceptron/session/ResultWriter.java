package io.sparkperceptron.session;

import io.sparkperceptron.Build;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterAnalysis;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.report.Curves;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.report.RunPictures;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is made of a training when its last epoch is over: models, pictures, findings, the report. */
final class ResultWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final CachedBlocks data;
    private final FeatureScaling scaling;
    private final KernelChoice kernel;
    private final Folder folder;

    ResultWriter(
            JavaSparkContext spark,
            TrainingPlan plan,
            CachedBlocks data,
            FeatureScaling scaling,
            KernelChoice kernel,
            Folder folder) {
        this.spark = spark;
        this.plan = plan;
        this.data = data;
        this.scaling = scaling;
        this.kernel = kernel;
        this.folder = folder;
    }

    /** Writes all of it, and reads back what the report was made of. */
    Outcome write(List<TrainedRun> runs, FilmFiles film) {
        long started = System.nanoTime();
        List<TrainedRun> alive = runs.stream().filter(run -> !run.diverged()).toList();
        alive.forEach(this::save);
        ClusterAnalysis.Result found = analyse(runs, film);
        Report.keep(found.findings(), found.images(), data.shape(), folder);
        for (int i = 0; i < alive.size(); i++) {
            draw(alive.get(i), found.evaluations().get(i), found);
        }
        Outcome outcome = Outcome.read(folder);
        new Curves(outcome.runs()).write(folder.child("curves"));
        Report.write(outcome);
        LOG.info("Looked at the runs and drew them in {} s", Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        return outcome;
    }

    private ClusterAnalysis.Result analyse(List<TrainedRun> runs, FilmFiles film) {
        spark.setJobDescription("looking at the trained runs");
        try {
            return new ClusterAnalysis(data, kernel).analyse(plan.start(), runs, film);
        } finally {
            spark.setJobDescription(null);
        }
    }

    private void draw(TrainedRun run, Evaluation evaluation, ClusterAnalysis.Result found) {
        String name = run.run().name();
        RunPictures.write(
                run,
                evaluation,
                found.findings().of(name).measured().histogram(),
                data.shape(),
                found.images(),
                folder.child("images/" + name));
    }

    private void save(TrainedRun run) {
        ImageShape shape = data.shape();
        ModelDescription description = new ModelDescription(
                run.run().name(),
                run.run().loss().label(),
                run.run().learningRate(),
                run.last().epoch(),
                data.classes(),
                data.features(),
                scaling.label(),
                shape == null ? null : shape.height(),
                shape == null ? null : shape.width(),
                data.summary(Split.TRAIN).fingerprint(),
                new Build().version());
        ModelFiles.save(
                description, run.model(), folder.child("models/" + run.run().name()));
    }
}
