package io.sparkperceptron.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tribuo.util.onnx.ONNXAttribute;

/**
 * A model as an ONNX graph of opset {@value #OPSET}, for N examples.
 *
 * <p>Input: {@code image}, N x height x width floats from 0 to 255, if the features are an image; otherwise {@code
 * features}, N x d unscaled doubles.
 *
 * <p>Outputs: {@code scores}, N x C doubles, sigma(z) of each perceptron in the order of the labels; {@code label}, N
 * labels (64-bit integers or texts) of the class with the largest z, the lowest such class on a tie. Everything in
 * between is double, as in training.
 */
public final class OnnxModel {

    private static final int OPSET = 13;
    /** The version of the format that came with this opset. */
    private static final int IR_VERSION = 7;

    private static final String INPUT = "input64";
    private static final String SCALED = "scaled";
    private static final String Z = "z";

    private final ModelDescription description;
    private final ModelFiles.Stored stored;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("perceptrons");

    private OnnxModel(ModelFiles.Stored stored) {
        this.stored = stored;
        this.description = stored.description();
    }

    /** The bytes of the file; a model always gives the same bytes. */
    public static byte[] of(ModelFiles.Stored stored) {
        return new OnnxModel(stored).model().toByteArray();
    }

    private ModelProto model() {
        addInput();
        addScaling();
        addPerceptrons();
        addOutputs();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("spark-perceptron")
                .setProducerVersion(description.version())
                .setDocString("One sigmoid perceptron a class.")
                .setGraph(graph);
        model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
        addProperty("run", description.run(), model);
        addProperty("loss", description.loss(), model);
        for (Hyperparameter one : Hyperparameter.ALL) {
            double value = description.values().get(one.place());
            if (!Double.isNaN(value)) {
                addProperty(one.column(), Double.toString(value), model);
            }
        }
        addProperty("epoch", Integer.toString(description.epoch()), model);
        addProperty("scaling", description.scaling(), model);
        addProperty("data_fingerprint", description.dataFingerprint(), model);
        addProperty("weights_fingerprint", stored.model().fingerprint(), model);
        return model.build();
    }

    private void addInput() {
        if (description.shape() == null) {
            describe(graph.addInputBuilder(), "features", DataType.DOUBLE, description.features());
            addNode("Identity", List.of("features"), INPUT);
        } else {
            ImageShape shape = description.shape();
            describe(graph.addInputBuilder(), "image", DataType.FLOAT, shape.height(), shape.width());
            addNode("Flatten", List.of("image"), "pixels", attribute("axis", 1));
            addNode("Cast", List.of("pixels"), INPUT, attribute("to", DataType.DOUBLE.getNumber()));
        }
    }

    private void addScaling() {
        switch (FeatureScaling.of(description.scaling())) {
            case NONE -> addNode("Identity", List.of(INPUT), SCALED);
            case PIXEL -> {
                addDoubles("factor", i -> 1.0 / 255);
                addNode("Mul", List.of(INPUT, "factor"), SCALED);
            }
            case STANDARD -> {
                addDoubles("factors", stored.factors()::of, description.features());
                addNode("Mul", List.of(INPUT, "factors"), SCALED);
            }
            case UNIT_NORM -> {
                addDoubles("zero", i -> 0);
                addDoubles("one", i -> 1);
                addNode("ReduceL2", List.of(INPUT), "length", attribute("axes", AttributeType.INTS, new int[] {1}));
                addNode("Equal", List.of("length", "zero"), "is_zero");
                addNode("Where", List.of("is_zero", "one", "length"), "divisor");
                addNode("Div", List.of(INPUT, "divisor"), SCALED);
            }
        }
    }

    private void addPerceptrons() {
        PerceptronModel model = stored.model();
        int features = model.features();
        addDoubles("weights", i -> model.weight(i / features, i % features), model.classes(), features);
        addDoubles("biases", c -> model.weight(c, features), model.classes());
        addNode("Gemm", List.of(SCALED, "weights", "biases"), Z, attribute("transB", 1));
    }

    private void addOutputs() {
        ClassLabels labels = description.classLabels();
        addNode("Sigmoid", List.of(Z), "scores");
        addNode("ArgMax", List.of(Z), "class", attribute("axis", 1), attribute("keepdims", 0));
        DataType type = labels.areNames() ? DataType.STRING : DataType.INT64;
        TensorProto.Builder tensor = graph.addInitializerBuilder()
                .setName("labels")
                .setDataType(type.getNumber())
                .addDims(labels.count());
        for (int c = 0; c < labels.count(); c++) {
            if (labels.areNames()) {
                tensor.addStringData(ByteString.copyFromUtf8(labels.text(c)));
            } else {
                tensor.addInt64Data(labels.of(c));
            }
        }
        addNode("Gather", List.of("labels", "class"), "label");
        describe(graph.addOutputBuilder(), "label", type);
        describe(graph.addOutputBuilder(), "scores", DataType.DOUBLE, labels.count());
    }

    private void addNode(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNodeBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(Arrays.asList(attributes));
    }

    private void addDoubles(String name, IntToDoubleFunction entry, int... shape) {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        TensorProto.Builder tensor =
                graph.addInitializerBuilder().setName(name).setDataType(DataType.DOUBLE.getNumber());
        Arrays.stream(shape).forEach(tensor::addDims);
        IntStream.range(0, count).mapToDouble(entry).forEach(tensor::addDoubleData);
    }

    private static AttributeProto attribute(String name, int number) {
        return attribute(name, AttributeType.INT, number);
    }

    private static AttributeProto attribute(String name, AttributeType type, Object value) {
        return new ONNXAttribute(name, type, true).build(value);
    }

    /** An input or output. The first dimension is N, the number of examples. */
    private static void describe(ValueInfoProto.Builder value, String name, DataType type, int... shape) {
        TypeProto.Tensor.Builder tensor = value.setName(name).getTypeBuilder().getTensorTypeBuilder();
        TensorShapeProto.Builder dimensions =
                tensor.setElemType(type.getNumber()).getShapeBuilder();
        dimensions.addDimBuilder().setDimParam("N");
        for (int length : shape) {
            dimensions.addDimBuilder().setDimValue(length);
        }
    }

    private static void addProperty(String key, String text, ModelProto.Builder model) {
        if (text != null) {
            model.addMetadataPropsBuilder().setKey(key).setValue(text);
        }
    }
}
