package io.sparkperceptron;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "io.sparkperceptron", importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {

    /** Test classes anywhere below {@code target}. ArchUnit's own option knows only one place. */
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("io.sparkperceptron.(*)..").should().beFreeOfCycles();

    /** The rooms from the lowest up. {@code RoomsTest} compares their imports with their descriptions. */
    private static final List<String> ROOMS = List.of(
            "storage",
            "spark",
            "model",
            "block",
            "data",
            "generate",
            "gradient",
            "training",
            "analysis",
            "results",
            "report",
            "notes",
            "cluster",
            "session",
            "course",
            "ml",
            "onnx",
            "zeppelin",
            "cli",
            "ui");

    @ArchTest
    static void arrowsPointOneWay(JavaClasses classes) {
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage("io.sparkperceptron." + ROOMS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOMS.subList(i + 1, ROOMS.size()).stream()
                            .map(room -> "io.sparkperceptron." + room)
                            .toArray(String[]::new))
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule eachRoomHasItsPlace = classes()
            .should()
            .resideInAnyPackage(Stream.concat(
                            Stream.of("io.sparkperceptron"), ROOMS.stream().map(room -> "io.sparkperceptron." + room))
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule sparkStaysInItsRooms = noClasses()
            .that()
            .resideInAnyPackage(
                    "..storage..",
                    "..model..",
                    "..block..",
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
