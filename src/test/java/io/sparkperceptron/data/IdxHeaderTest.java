package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.data.IdxHeader.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxHeaderTest {

    @Test
    void readsAndWritesBothKinds() {
        byte[] images = header(TestImages.IMAGES_MAGIC, 5, 3, 4);
        IdxHeader header = IdxHeader.parse(images, Content.IMAGES, "file");
        assertEquals(new IdxHeader(16, 5, 3, 4), header);
        assertEquals(12, header.itemBytes());
        assertEquals(16 + 5 * 12, header.fileBytes());
        assertArrayEquals(images, header.toBytes());
        assertArrayEquals(
                header(TestImages.IMAGES_MAGIC, 7, 3, 4), header.withCount(7).toBytes());
        byte[] labels = header(TestImages.LABELS_MAGIC, 5);
        assertEquals(new IdxHeader(8, 5, 1, 1), IdxHeader.parse(labels, Content.LABELS, "file"));
        assertArrayEquals(
                labels, IdxHeader.parse(labels, Content.LABELS, "file").toBytes());
    }

    @Test
    void countsAreUnsigned() {
        IdxHeader header = IdxHeader.parse(header(TestImages.IMAGES_MAGIC, 1 << 31, 6, 8), Content.IMAGES, "file");
        assertEquals(2147483648L, header.count());
        assertEquals(16 + 2147483648L * 48, header.fileBytes());
        IdxHeader largest = IdxHeader.parse(header(TestImages.IMAGES_MAGIC, -1, 4096, 4096), Content.IMAGES, "file");
        assertEquals(16 + 4294967295L * (1 << 24), largest.fileBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1, 4294967295x4294967295",
        "0, -1, 0x4294967295",
        "0, 5, 0x5",
        "5, 0, 5x0",
        "4097, 4096, 4097x4096",
        "65536, 65536, 65536x65536"
    })
    void refusesAbsurdImages(int height, int width, String found) {
        assertRefused(
                "Expected images of 1 to 16777216 pixels in file, but the header (bytes 8 to 15) says " + found,
                header(TestImages.IMAGES_MAGIC, 1, height, width),
                Content.IMAGES);
    }

    @Test
    void refusesSwappedFiles() {
        assertRefused(
                "Expected an IDX file of images (magic number 0x00000803) in file, found one of labels;"
                        + " are the two files swapped?",
                TestImages.labels(10, 3),
                Content.IMAGES);
        assertRefused(
                "Expected an IDX file of labels (magic number 0x00000801) in file, found one of images;"
                        + " are the two files swapped?",
                header(TestImages.IMAGES_MAGIC, 1, 1, 1),
                Content.LABELS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'PK\u0003\u0004'|a zip archive; unpack it",
                "'\u0093NUMPY\u0001'|a NumPy array; write it as an IDX file of unsigned bytes",
                "version https://git-lfs.github.com/spec/v1|a Git LFS pointer to the file; fetch the file itself with"
                        + " git lfs pull",
                "<HTML>not found</html>|a web page; fetch the file again",
                "<!DOCTYPE html>|a web page; fetch the file again",
                "'\u001f\u008b\u0008\u0001'|a gzipped file in a gzipped file; unpack it once",
                "label,1x1,1x2|text, which is read as LIBSVM text or as a table",
                "'abc\u0001'|magic number 0x61626301"
            })
    void recognizesOtherFiles(String start, String found) {
        assertRefused(
                "Expected an IDX file of images (magic number 0x00000803) in file, found " + found,
                start.getBytes(StandardCharsets.ISO_8859_1),
                Content.IMAGES);
    }

    @Test
    void recognizesATarArchiveByLaterBytes() {
        byte[] tar = new byte[512];
        byte[] name = "mnist/train-images-idx3-ubyte".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, tar, 0, name.length);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertRefused(
                "Expected an IDX file of images (magic number 0x00000803) in file, found a tar archive; unpack it",
                tar,
                Content.IMAGES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x0C02|32-bit integers in 2 dimension(s) (magic number 0x00000c02); convert the first of every eight"
                        + " numbers, the class in QMNIST, to unsigned bytes in 1 dimension",
                "0x0C01|32-bit integers in 1 dimension(s) (magic number 0x00000c01); convert the labels to unsigned bytes"
                        + " in 1 dimension"
            })
    void namesTheTypeOfLabels(int magic, String found) {
        assertRefused(
                "Expected an IDX file of labels (magic number 0x00000801) in file, found one of " + found,
                header(magic, 5, 8),
                Content.LABELS);
    }

    @Test
    void namesTheTypeOfImages() {
        assertRefused(
                "Expected an IDX file of images (magic number 0x00000803) in file, found one of 32-bit floating-point"
                        + " numbers in 3 dimension(s) (magic number 0x00000d03); convert the pixels to unsigned bytes from"
                        + " 0 to 255 in 3 dimensions: count, height and width",
                header(0x0D03, 5, 3, 4),
                Content.IMAGES);
    }

    @ParameterizedTest
    @CsvSource({"IMAGES, 0", "IMAGES, 3", "IMAGES, 10", "IMAGES, 15", "LABELS, 7"})
    void refusesFilesThatEndWithinTheHeader(Content content, int length) {
        byte[] whole = content == Content.IMAGES
                ? header(TestImages.IMAGES_MAGIC, 1, 1, 1)
                : header(TestImages.LABELS_MAGIC, 1);
        String message = refusal(Arrays.copyOf(whole, length), content);
        assertTrue(
                message.endsWith("in file, but the file ends after " + length + " bytes, within the header"), message);
    }

    private static byte[] header(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        Arrays.stream(numbers).forEach(bytes::putInt);
        return bytes.array();
    }

    private static void assertRefused(String message, byte[] start, Content content) {
        assertEquals(message, refusal(start, content));
    }

    private static String refusal(byte[] start, Content content) {
        return assertThrows(UserException.class, () -> IdxHeader.parse(start, content, "file"))
                .getMessage();
    }
}
