package io.sparkperceptron.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Kinds of files that users pass instead of IDX files, recognized by their first bytes. */
enum FileKind {
    GIT_LFS("version https://git-lfs", "a Git LFS pointer to the file; fetch the file itself with git lfs pull"),
    WEB_PAGE("<!doctype", "a web page; fetch the file again"),
    WEB_PAGE_WITHOUT_TYPE("<html", WEB_PAGE.description),
    ZIP("PK\u0003\u0004", "a zip archive; unpack it"),
    TAR(257, "ustar", "a tar archive; unpack it"),
    GZIP("\u001f\u008b", "a gzipped file in a gzipped file; unpack it once"),
    BZIP2("BZh", "a file packed by bzip2; unpack it, or pack it by gzip"),
    XZ("\u00fd7zXZ\0", "a file packed by xz; unpack it, or pack it by gzip"),
    ZSTD("(\u00b5/\u00fd", "a file packed by zstd; unpack it, or pack it by gzip"),
    NUMPY("\u0093NUMPY", "a NumPy array; write it as an IDX file of unsigned bytes"),
    MATLAB("MATLAB 5.0", "a MATLAB file; write its arrays as IDX files of unsigned bytes"),
    HDF5("\u0089HDF", "an HDF5 file; write its arrays as IDX files of unsigned bytes"),
    PARQUET("PAR1", "a Parquet file, which is read as a table"),
    PNG("\u0089PNG", "a single PNG; write all images into one IDX file"),
    JPEG("\u00ff\u00d8\u00ff", "a single JPEG; write all images into one IDX file");

    /** The number of first bytes needed to recognize a file. */
    static final int TELLING_BYTES = 262;

    private final int place;
    private final String signature;
    private final String description;

    FileKind(String signature, String description) {
        this(0, signature, description);
    }

    FileKind(int place, String signature, String description) {
        this.place = place;
        this.signature = signature;
        this.description = description;
    }

    /** The kind of a file by its first {@link #TELLING_BYTES}, and what to do, for a sentence; null if unknown. */
    static String describe(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(kind -> text.regionMatches(true, kind.place, kind.signature, 0, kind.signature.length()))
                .map(kind -> kind.description)
                .findFirst()
                .orElse(text.matches("[ -~\\t\\n\\r]+") ? "text, which is read as LIBSVM text or as a table" : null);
    }
}
