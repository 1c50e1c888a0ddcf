package io.sparkperceptron;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sparkperceptron", importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {

    /** Wherever below {@code target} they are compiled to; ArchUnit's own looks in one place. */
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("io.sparkperceptron.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule arrowsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("storage")
            .definedBy("io.sparkperceptron.storage..")
            .layer("model")
            .definedBy("io.sparkperceptron.model..")
            .layer("data")
            .definedBy("io.sparkperceptron.data..")
            .layer("gradient")
            .definedBy("io.sparkperceptron.gradient..")
            .layer("training")
            .definedBy("io.sparkperceptron.training..")
            .layer("analysis")
            .definedBy("io.sparkperceptron.analysis..")
            .layer("results")
            .definedBy("io.sparkperceptron.results..")
            .layer("report")
            .definedBy("io.sparkperceptron.report..")
            .layer("cluster")
            .definedBy("io.sparkperceptron.cluster..")
            .layer("session")
            .definedBy("io.sparkperceptron.session..")
            .layer("ml")
            .definedBy("io.sparkperceptron.ml..")
            .layer("onnx")
            .definedBy("io.sparkperceptron.onnx..")
            .layer("zeppelin")
            .definedBy("io.sparkperceptron.zeppelin..")
            .layer("cli")
            .definedBy("io.sparkperceptron.cli..")
            .whereLayer("storage")
            .mayNotAccessAnyLayer()
            .whereLayer("model")
            .mayOnlyAccessLayers("storage")
            .whereLayer("data")
            .mayOnlyAccessLayers("model", "storage")
            .whereLayer("gradient")
            .mayOnlyAccessLayers("data", "model")
            .whereLayer("training")
            .mayOnlyAccessLayers("gradient", "data", "model")
            .whereLayer("analysis")
            .mayOnlyAccessLayers("training", "gradient", "data", "model")
            .whereLayer("results")
            .mayOnlyAccessLayers("analysis", "training", "data", "model", "storage")
            .whereLayer("report")
            .mayOnlyAccessLayers("results", "analysis", "training", "model", "storage")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("analysis", "training", "gradient", "data", "model")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("ml", "cli")
            .whereLayer("ml")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("onnx")
            .mayOnlyAccessLayers("model")
            .whereLayer("onnx")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("zeppelin")
            .mayOnlyAccessLayers("storage")
            .whereLayer("zeppelin")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule sparkStaysInItsRooms = noClasses()
            .that()
            .resideInAnyPackage(
                    "..storage..",
                    "..model..",
                    "..gradient..",
                    "..training..",
                    "..analysis..",
                    "..results..",
                    "..report..",
                    "..onnx..",
                    "..zeppelin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule vectorModuleStaysInItsKernel = noClasses()
            .that()
            .haveNameNotMatching(".*\\.gradient\\.Vector[A-Z].*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule nothingDeserializesJavaObjects =
            noClasses().should().dependOnClassesThat().belongToAnyOf(java.io.ObjectInputStream.class);
}
