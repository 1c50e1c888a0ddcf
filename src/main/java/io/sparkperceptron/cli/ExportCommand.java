package io.sparkperceptron.cli;

import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.onnx.OnnxModel;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Writes a stored model as an ONNX file.")
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "DIR", required = true, description = ModelOptions.MODEL)
    private String model;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "the file, at any Hadoop URI")
    private String to;

    @Option(names = "--overwrite", description = "replace that file")
    private boolean overwrite;

    @Override
    public Integer call() {
        Configuration configuration = SparkSettings.of("export").hadoop();
        ModelFiles.Stored stored = ModelOptions.load(model, "--model ", configuration);
        OutputFile file = OutputFile.of(to, "model", "--to", overwrite, configuration);
        byte[] bytes = OnnxModel.of(stored);
        file.folder().write(file.name(), out -> out.write(bytes));
        spec.commandLine().getOut().println("The model is " + file);
        return 0;
    }
}
