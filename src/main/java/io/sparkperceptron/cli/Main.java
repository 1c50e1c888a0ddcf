package io.sparkperceptron.cli;

import io.sparkperceptron.Build;
import io.sparkperceptron.Secrets;
import io.sparkperceptron.UserException;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.commons.lang3.exception.ExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TraceLevel;
import picocli.CommandLine.TypeConversionException;

/** The entry point that spark-submit calls. */
@Command(
        name = "spark-perceptron",
        description =
                "Trains sigmoid perceptrons on Spark by full-batch gradient descent, and looks at what they learned.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            ReportCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            StabilityCommand.class,
            CheckGradientCommand.class,
            GenerateCommand.class,
            ExportCommand.class,
            AssignCommand.class,
            CheckAnswersCommand.class,
            ImportNotesCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        scope = ScopeType.INHERIT,
        footer = {"", "Options can also come from a file: @FILE, one or more to a line, # for comments."})
public final class Main implements Runnable {

    private static final String VERBOSE = "--verbose";
    private static final int MOST_ARGUMENT_BYTES = 1 << 20;

    @Option(names = VERBOSE, scope = ScopeType.INHERIT, description = "show stack traces of errors")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Build build = new Build();
            return new String[] {
                "spark-perceptron " + build.version() + " (commit " + build.commit() + ")",
                "for Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", on Java "
                        + System.getProperty("java.version")
            };
        }
    }

    /**
     * Runs a command and, unless it succeeds, ends the JVM with its exit code. Throws FailedDriver instead if YARN runs
     * the driver, because YARN does not explain an exit code.
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        StringWriter told = new StringWriter();
        int exitCode = run(out, new PrintWriter(told), arguments);
        errors.print(told);
        errors.flush();
        if (exitCode != ExitCode.OK) {
            FailedDriver.throwOnYarn(told.toString());
            System.exit(exitCode);
        }
    }

    /** Runs a command and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter errors, String... arguments) {
        System.setProperty("java.awt.headless", "true");
        CommandLine.tracer().setLevel(TraceLevel.OFF);
        Main main = new Main();
        CommandLine commandLine = new CommandLine(main)
                .setOut(out)
                .setErr(errors)
                .registerConverter(KernelChoice.class, told(KernelChoice::of))
                .registerConverter(FeatureScaling.class, told(FeatureScaling::of))
                .registerConverter(ClassWeighting.class, told(ClassWeighting::of))
                .registerConverter(ModelOptions.DataSet.class, told(ModelOptions.DataSet::of))
                .registerConverter(StopOptions.Keep.class, told(StopOptions.Keep::of))
                .registerConverter(ListOptions.Losses.class, told(ListOptions.Losses::of))
                .registerConverter(ListOptions.Names.class, told(ListOptions.Names::of))
                .registerConverter(ListOptions.Pairs.class, told(ListOptions.Pairs::of))
                .registerConverter(ListOptions.Optimizers.class, told(ListOptions.Optimizers::of))
                .registerConverter(InitialWeights.class, told(InitialWeights::of))
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, words) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, errors, main.verbose));
        try {
            requireArgumentFiles(commandLine, arguments);
            int exitCode = commandLine.execute(arguments);
            if (exitCode == ExitCode.OK && out.checkError()) {
                errors.println("error: Not everything could be printed; is the disk full, or has the reader gone?");
                return ExitCode.SOFTWARE;
            }
            return exitCode;
        } catch (ParameterException e) {
            return wrongUsage(e);
        } catch (Error e) {
            return failed(e, errors, Arrays.asList(arguments).contains(VERBOSE));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Keeps the message of an exception as it is. Picocli would put the name of the exception before it. */
    private static <T> ITypeConverter<T> told(Function<String, T> conversion) {
        return text -> {
            try {
                return conversion.apply(text);
            } catch (IllegalArgumentException e) {
                throw e instanceof UserException ? e : new TypeConversionException(e.getMessage());
            }
        };
    }

    private static void requireArgumentFiles(CommandLine commandLine, String[] arguments) {
        for (String argument : arguments) {
            if (argument.startsWith("@")) {
                File file = new File(argument.substring(1));
                if (!file.isFile()) {
                    throw new ParameterException(commandLine, "No argument file " + file);
                }
                if (file.length() > MOST_ARGUMENT_BYTES) {
                    throw new ParameterException(
                            commandLine,
                            "Expected at most " + MOST_ARGUMENT_BYTES + " bytes in the argument file " + file
                                    + ", found " + file.length());
                }
            }
        }
    }

    private static int wrongUsage(ParameterException e) {
        PrintWriter errors = e.getCommandLine().getErr();
        errors.println("error: " + UserException.reason(e));
        errors.println("Try --help with "
                + (e.getCommandLine().getParent() == null
                        ? "or without a command."
                        : "the command " + e.getCommandLine().getCommandName() + "."));
        return ExitCode.USAGE;
    }

    private static int failed(Throwable e, PrintWriter errors, boolean verbose) {
        if (verbose) {
            errors.print(Secrets.masked(ExceptionUtils.getStackTrace(e)));
        }
        String sentence = e instanceof UserException told
                ? Remedies.sentence(told)
                : e.getClass().getSimpleName() + ": " + UserException.reason(e)
                        + (verbose ? "" : "; " + VERBOSE + " shows where");
        errors.println("error: " + sentence);
        return ExitCode.SOFTWARE;
    }
}
