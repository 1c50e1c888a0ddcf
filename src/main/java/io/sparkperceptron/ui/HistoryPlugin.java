package io.sparkperceptron.ui;

import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.status.AppHistoryServerPlugin;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.ui.SparkUI;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;

/** Adds the tab Perceptrons to Spark's history server, which finds this class in {@code META-INF/services}. */
public final class HistoryPlugin implements AppHistoryServerPlugin {

    /** Returns a list, which is a {@code Seq} in Scala 2.12 and in 2.13. */
    @Override
    public List<SparkListener> createListeners(SparkConf conf, ElementTrackingStore store) {
        return List$.MODULE$.<SparkListener>empty().$colon$colon(new TrainingsListener(store));
    }

    @Override
    public void setupUI(SparkUI ui) {
        if (!Training.all(ui.store().store()).isEmpty()) {
            new PerceptronsTab(ui).attach();
            PerceptronsTab.attachResource(ui, ui.store().applicationInfo().id());
        }
    }
}
