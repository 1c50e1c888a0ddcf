package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.data.IdxHeader.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {

    private static final Configuration CONFIGURATION = new Configuration();
    private static final int COUNT = 1200;
    private static final int HEIGHT = 6;
    private static final int WIDTH = 8;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final byte[] IMAGES = TestImages.images(COUNT, HEIGHT, WIDTH, 1);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsFromAnyItemOn(boolean gzipped) {
        IdxFile file = inspect(gzipped ? TestImages.gzip(IMAGES) : IMAGES);
        assertEquals(gzipped, file.gzipped());
        assertEquals(new IdxHeader(16, COUNT, HEIGHT, WIDTH), file.header());
        for (int item : new int[] {0, 700, COUNT - 1}) {
            try (IdxFile.Items items = file.open(item, CONFIGURATION)) {
                byte[] pixels = new byte[PIXELS];
                items.next(pixels);
                int start = 16 + item * PIXELS;
                assertArrayEquals(Arrays.copyOfRange(IMAGES, start, start + PIXELS), pixels);
            }
        }
        readAll(file);
    }

    @Test
    void refusesTruncatedFiles() {
        assertRefused(
                Arrays.copyOf(IMAGES, IMAGES.length - 1),
                "Expected 57616 bytes in " + uri() + ", as its header says (1200 items of 48 bytes), found 57615;"
                        + " the file is cut short, fetch it again");
        assertRefused(
                Arrays.copyOf(IMAGES, 10),
                "Expected an IDX file of images (magic number 0x00000803) in " + uri()
                        + ", but the file ends after 10 bytes, within the header");
        assertRefused(
                new byte[0],
                "Expected an IDX file of images (magic number 0x00000803) in " + uri()
                        + ", but the file ends after 0 bytes, within the header");
    }

    @Test
    void refusesFilesTooLong() {
        assertRefused(
                Arrays.copyOf(IMAGES, IMAGES.length + 1),
                "Expected 57616 bytes in " + uri() + ", as its header says (1200 items of 48 bytes), found 57617");
    }

    @Test
    void refusesAbsurdCountsWithoutAllocating() {
        byte[] images = IMAGES.clone();
        ByteBuffer.wrap(images).putInt(4, 1 << 31);
        String expected =
                "Expected 103079215120 bytes in " + uri() + ", as its header says (2147483648 items of 48 bytes)";
        assertRefused(images, expected + ", found 57616; the file is cut short, fetch it again");
        byte[] packed = TestImages.gzip(images);
        assertRefused(packed, expected + ", but " + packed.length + " gzipped bytes cannot hold so many");
    }

    @Test
    void refusesEmptySets() {
        assertRefused(
                TestImages.images(0, HEIGHT, WIDTH, 1),
                "Expected at least one item in " + uri() + ", but its header says 0");
    }

    @Test
    void refusesTruncatedGzippedData() {
        byte[] packed = TestImages.gzip(IMAGES);
        for (int length : new int[] {packed.length - 1, packed.length / 2, 12}) {
            String message = assertThrows(UserException.class, () -> readAll(inspect(Arrays.copyOf(packed, length))))
                    .getMessage();
            assertEquals("Cannot read " + uri() + ": the gzipped data is cut short", message);
        }
    }

    @Test
    void refusesAWrongChecksum() {
        byte[] packed = TestImages.gzip(IMAGES);
        packed[packed.length - 6] ^= 1;
        IdxFile file = inspect(packed);
        String message = assertThrows(UserException.class, () -> readAll(file)).getMessage();
        assertTrue(message.startsWith("Cannot read " + uri() + ": "), message);
    }

    @Test
    void refusesGzippedDataOfAnotherLengthThanItsHeaderSays() {
        IdxFile longer = inspect(TestImages.gzip(Arrays.copyOf(IMAGES, IMAGES.length + 1)));
        assertEquals(
                "Expected 57616 inflated bytes in " + uri() + ", as its header says, found more",
                assertThrows(UserException.class, () -> readAll(longer)).getMessage());
        IdxFile shorter = inspect(TestImages.gzip(Arrays.copyOf(IMAGES, IMAGES.length - 1)));
        assertEquals(
                "Expected 1200 items in " + uri() + ", as its header says, but it ends within item 1199",
                assertThrows(UserException.class, () -> readAll(shorter)).getMessage());
    }

    @Test
    void namesMissingFilesAndFolders() throws IOException {
        Path nowhere = temporary.resolve("nowhere");
        assertEquals("No file file:" + nowhere, refusal(nowhere));
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        assertEquals("Expected a file at file:" + folder + ", found a folder", refusal(folder));
    }

    @Test
    void aGlobIsItsFilesInTheOrderOfTheirNames() {
        for (String name : List.of("part-2", "part-10", "part-1", "other")) {
            TestImages.write(temporary.resolve(name), IMAGES);
        }
        String start = "file:" + temporary + "/part-";
        assertEquals(
                List.of(start + "1", start + "10", start + "2"), IdxFile.expand(temporary + "/part-*", CONFIGURATION));
        assertEquals(List.of(start + "1"), IdxFile.expand(temporary + "/part-1", CONFIGURATION));
        UserException none =
                assertThrows(UserException.class, () -> IdxFile.expand(temporary + "/nosuch-*", CONFIGURATION));
        assertEquals("No file file:" + temporary + "/nosuch-*", none.getMessage());
    }

    /** Hadoop's own glob takes a name with a colon for a URI. */
    @Test
    void aGlobFindsNamesWithColons() {
        for (String name : List.of("day 1/part-1", "day 2/part-2", "day 2/10:30", "day 2/part-[3]", "12:00/part-4")) {
            TestImages.write(temporary.resolve(name), IMAGES);
        }
        String start = "file:" + temporary + "/";
        assertEquals(
                List.of(start + "day 1/part-1", start + "day 2/part-2", start + "day 2/part-[3]"),
                IdxFile.expand(temporary + "/{day 1/part,day 2/part,nosuch/part}-*", CONFIGURATION));
        assertEquals(
                List.of(start + "12:00/part-4", start + "day 2/part-[3]"),
                IdxFile.expand(temporary + "/*/part-{4,\\[3\\]}", CONFIGURATION));
        assertEquals(List.of(start + "day 2/10:30"), IdxFile.expand(temporary + "/day*/10:30", CONFIGURATION));
        assertThrows(UserException.class, () -> IdxFile.expand(temporary + "/*/nosuch", CONFIGURATION));
    }

    private String uri() {
        return "file:" + temporary.resolve("images");
    }

    private IdxFile inspect(byte[] bytes) {
        TestImages.write(temporary.resolve("images"), bytes);
        return IdxFile.inspect(uri(), Content.IMAGES, CONFIGURATION);
    }

    private void assertRefused(byte[] bytes, String message) {
        assertEquals(
                message, assertThrows(UserException.class, () -> inspect(bytes)).getMessage());
    }

    private static String refusal(Path file) {
        return assertThrows(UserException.class, () -> IdxFile.inspect(file.toString(), Content.IMAGES, CONFIGURATION))
                .getMessage();
    }

    private static void readAll(IdxFile file) {
        try (IdxFile.Items items = file.open(0, CONFIGURATION)) {
            byte[] item = new byte[file.header().itemBytes()];
            for (long i = 0; i < file.header().count(); i++) {
                items.next(item);
            }
            items.requireEnd();
        }
    }
}
