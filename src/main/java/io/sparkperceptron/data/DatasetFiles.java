package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** The four files of data sets like MNIST, by their usual names in a folder. Each is one file or several parts. */
public enum DatasetFiles {
    TRAIN_IMAGES("train-images", "idx3"),
    TRAIN_LABELS("train-labels", "idx1"),
    TEST_IMAGES("t10k-images", "idx3"),
    TEST_LABELS("t10k-labels", "idx1");

    private final String set;
    private final String type;

    DatasetFiles(String set, String type) {
        this.set = set;
        this.type = type;
    }

    /**
     * The URI of the file in {@code folder}: {@code train-images-idx3-ubyte} or {@code train-images.idx3-ubyte}, raw or
     * with {@code .gz}. A raw file is preferred. If there is no such file, the URI is a glob of the parts, such as
     * {@code train-images-00000-idx3-ubyte}. Throws a {@link UserException} if there is neither the file nor a part.
     */
    public String in(String folder, Configuration configuration) {
        Folder place = Folder.at(folder, configuration);
        for (String name : List.of(name('-'), name('.'), name('-') + ".gz", name('.') + ".gz")) {
            if (place.holds(name)) {
                return place.child(name).uri();
            }
        }
        if (place.names().stream().anyMatch(name -> name.matches(part("[0-9]+")))) {
            return place.child(part("[0-9]*")).uri();
        }
        throw new UserException(
                (place.exists() ? "No file " + name('-') + " (or with .gz) in " : "No folder ") + place.uri());
    }

    /** The name of part {@code number}, from 0. */
    public String part(int number) {
        return part(String.format(Locale.ROOT, "%05d", number));
    }

    private String part(String number) {
        return set + "-" + number + "-" + type + "-ubyte";
    }

    private String name(char separator) {
        return set + separator + type + "-ubyte";
    }
}
