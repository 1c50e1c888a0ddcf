package io.sparkperceptron.ui;

import io.sparkperceptron.storage.JsonFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ui.JettyUtils;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.util.kvstore.KVStore;
import scala.Function0;
import scala.Option;
import scala.xml.Unparsed;

/**
 * The tab of Spark's UI, at {@code /perceptrons/}, and the same as JSON. Requests are of {@code javax.servlet} in Spark
 * 3 and of {@code jakarta.servlet} in Spark 4. So no code here names their class. The tab has handlers instead of
 * Spark's pages, which have a method that names it.
 */
final class PerceptronsTab extends SparkUITab {

    private static final String PREFIX = "perceptrons";

    /** Spark 4 has one parameter more than Spark 3. */
    private static final Method PAGE = Arrays.stream(UIUtils.class.getMethods())
            .filter(method -> method.getName().equals("headerSparkPage"))
            .findFirst()
            .orElseThrow();

    private final SparkUI ui;

    PerceptronsTab(SparkUI ui) {
        super(ui, PREFIX);
        this.ui = ui;
    }

    void attach() {
        KVStore store = ui.store().store();
        ui.attachTab(this);
        ui.attachHandler(JettyUtils.createServletHandler(
                "/" + PREFIX,
                new JettyUtils.ServletParams<String>(
                        request -> page(
                                request,
                                TrainingPage.html(
                                        store,
                                        request.getParameter("training"),
                                        UIUtils.prependBaseUri(request, ui.basePath(), "/" + PREFIX + "/json"),
                                        ui.sc().isDefined())),
                        "text/html",
                        text -> text),
                ui.conf(),
                ui.basePath()));
        attachJson(ui, "/" + PREFIX + "/json", ui.basePath());
    }

    /**
     * Serves the JSON beside Spark's own resources. The history server does so once it has loaded the application. This
     * is a handler, because a resource class needs annotations of {@code javax.ws.rs}, which work with Spark 3 only.
     */
    static void attachResource(SparkUI ui, String application) {
        String attempt = ui.basePath().replaceFirst("^/history/[^/]*", "");
        attachJson(ui, "/api/v1/applications/" + application + attempt + "/" + PREFIX, "");
    }

    private static void attachJson(SparkUI ui, String path, String basePath) {
        KVStore store = ui.store().store();
        ui.attachHandler(JettyUtils.createServletHandler(
                path,
                new JettyUtils.ServletParams<String>(
                        request -> json(store, request.getParameter("training")), "application/json", text -> text),
                ui.conf(),
                basePath));
    }

    /** All trainings, or the epochs of one of them. */
    static String json(KVStore store, String number) {
        List<Training> trainings = Training.all(store);
        if (number == null) {
            return JsonFile.compact(trainings);
        }
        Training chosen = trainings.stream()
                .filter(training -> number.equals("" + training.key()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected the number of a training, got " + number));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("training", chosen);
        all.put("epochs", chosen.epochs(store));
        return JsonFile.compact(all);
    }

    private String page(Object request, String content) {
        Object[] arguments = new Object[PAGE.getParameterCount()];
        Arrays.fill(arguments, false);
        arguments[0] = request;
        arguments[1] = name();
        arguments[2] = (Function0<Object>) () -> new Unparsed(content);
        arguments[3] = this;
        arguments[4] = Option.empty();
        try {
            return "<!DOCTYPE html>" + PAGE.invoke(null, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot draw the page", e);
        }
    }
}
