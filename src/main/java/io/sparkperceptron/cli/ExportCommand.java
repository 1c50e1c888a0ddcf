package io.sparkperceptron.cli;

import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.onnx.OnnxModel;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Writes a stored model as an ONNX file.")
final class ExportCommand extends PrintingCommand implements Runnable {

    @Option(names = "--model", paramLabel = "DIR", required = true, description = ModelOptions.MODEL)
    private String model;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "the file, at any Hadoop URI")
    private String to;

    @Option(names = "--overwrite", description = "replace that file")
    private boolean overwrite;

    @Override
    public void run() {
        Configuration configuration = SparkSettings.of("export").hadoop();
        ModelFiles.Stored stored = ModelOptions.load(model, "--model ", configuration);
        NamedFile file = NamedFile.toWrite(to, "model", "--to", overwrite, configuration);
        byte[] bytes = OnnxModel.of(stored);
        file.folder().write(file.name(), out -> out.write(bytes));
        out().println("The model is " + file);
    }
}
