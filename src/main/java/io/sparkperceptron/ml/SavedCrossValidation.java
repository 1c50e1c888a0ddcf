package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** The files of a saved cross-validation's model. */
final class SavedCrossValidation {

    private static final String BEST = "bestModel";
    private static final String HELD_OUT = "heldOut";
    private static final String METRICS = "avg-metrics.json";
    private static final String SUB_MODELS = "subModels";
    /** Spark's option, in lower case as Spark keeps it. */
    private static final String PERSIST = "persistsubmodels";

    private SavedCrossValidation() {}

    /** Throws UserException if something cannot be saved. */
    static MLWriter writer(PerceptronCrossValidatorModel model) {
        SavedTuning tuning = SavedTuning.of(model);
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                Option<String> option = optionMap().get(PERSIST);
                String wanted = option.isEmpty() ? String.valueOf(model.hasSubModels()) : option.get();
                if (!wanted.equalsIgnoreCase("true") && !wanted.equalsIgnoreCase("false")) {
                    throw new UserException(
                            "Expected true or false for the option persistSubModels, found '" + wanted + "'");
                }
                Model<?>[][] models = Boolean.parseBoolean(wanted) ? model.subModels() : new Model<?>[0][];
                tuning.write(model.copy(ParamMap.empty()), path, sparkSession());
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                writeModel(model.bestModel(), path, BEST);
                JsonFile.write(folder, METRICS, model.avgMetrics());
                for (int fold = 0; fold < models.length; fold++) {
                    for (int i = 0; i < models[fold].length; i++) {
                        writeModel(models[fold][i], path, subModel(fold, i));
                    }
                }
                if (model.heldOut != null) {
                    model.heldOut.write(folder.child(HELD_OUT));
                }
            }
        };
    }

    private static void writeModel(Model<?> model, String path, String name) {
        ((MLWritable) model).write().saveImpl(SavedTuning.inside(path, name));
    }

    /** Where Spark's CrossValidatorModel has it. */
    private static String subModel(int fold, int map) {
        return SUB_MODELS + "/fold" + fold + "/" + map;
    }

    static MLReader<PerceptronCrossValidatorModel> reader() {
        return new MLReader<>() {
            @Override
            public PerceptronCrossValidatorModel load(String path) {
                SavedParams saved = SavedParams.read(path, PerceptronCrossValidatorModel.class, sparkSession());
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                double[] metrics = JsonFile.read(folder, METRICS, double[].class, "metrics of a cross-validation");
                PerceptronCrossValidatorModel model = SavedTuning.read(
                        saved,
                        new PerceptronCrossValidatorModel(saved.uid(), loadModel(path, BEST), metrics),
                        path,
                        sparkSession());
                if (folder.holds(SUB_MODELS)) {
                    model.subModels = IntStream.range(0, model.getNumFolds())
                            .mapToObj(fold -> IntStream.range(0, metrics.length)
                                    .mapToObj(i -> loadModel(path, subModel(fold, i)))
                                    .toArray(Model<?>[]::new))
                            .toArray(Model<?>[][]::new);
                }
                model.heldOut = HeldOutModels.read(
                        folder.child(HELD_OUT), model.perceptrons().uid());
                return model;
            }

            private Model<?> loadModel(String path, String name) {
                return SavedParams.load(SavedTuning.inside(path, name), Model.class, sparkSession());
            }
        };
    }
}
